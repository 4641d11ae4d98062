using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class CodeNormalizerTests
{
    [Fact]
    public void ForCodes_Codes_HaveZeroMeanAndUnitVariance()
    {
        using var scope = NewDisposeScope();
        var sequences = ToyCodes.Make();
        var codes = cat([.. sequences.Videos.Select(v => v.ToTensor())], 0);
        var normal = CodeNormalizer.ForCodes(sequences).Normalize(codes);
        Assert.True(normal.mean([0L]).abs().max().item<float>() < 1e-5);
        Assert.True(normal.square().mean([0L]).allclose(ones(4), 1e-4));
    }

    [Fact]
    public void ForResiduals_ResidualsOfAllCrops_HaveUnitPower()
    {
        using var scope = NewDisposeScope();
        var sequences = ToyCodes.Make();
        var crops = new CodeCrops(sequences, 16);
        var (_, m) = LinearMotionCondition.Split(crops.Spread((int)crops.Count));
        var power = CodeNormalizer.ForResiduals(sequences, 16).NormalizeResidual(m).square().mean([0L, 1L]);
        Assert.True(power.allclose(ones(4), 1e-4));
    }

    [Fact]
    public void Normalize_SequenceAndItsParts_StayLinear()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var units = new CodeNormalizer([1, -2], [0.5f, 3]);
        var a = randn([2, 5, 2], generator: generator);
        var (alpha1, m) = LinearMotionCondition.Split(a);
        var joined = LinearMotionCondition.Join(units.Normalize(alpha1), units.NormalizeResidual(m));
        Assert.True(joined.allclose(units.Normalize(a), 1e-5, 1e-5));
        Assert.True(units.Denormalize(units.Normalize(a)).allclose(a, 1e-5, 1e-5));
        Assert.True(units.DenormalizeResidual(units.NormalizeResidual(m)).allclose(m, 1e-5, 1e-5));
    }

    [Fact]
    public void ForCodes_DimensionThatStandsStill_IsNotBlownUp()
    {
        float[] values = Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? i : 7f).ToArray();
        var scale = CodeNormalizer.ForCodes(new CodeSequences([new CodeSequence("a", 2, values)], 25)).Scale;
        Assert.Equal(scale[0] * 1e-3f, scale[1], 1e-6f);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void Constructor_BadScale_IsRefused(float scale) => Assert.Throws<ArgumentException>(() => new CodeNormalizer([0], [scale]));
}
