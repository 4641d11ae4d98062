using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class LinearMotionConditionTests
{
    [Fact]
    public void Join_AfterSplit_GivesTheSequenceBack()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var a = randn([3, 64, 20], generator: generator);
        var (alpha1, m) = LinearMotionCondition.Split(a);
        Assert.Equal([3, 20], alpha1.shape);
        Assert.Equal([3, 63, 20], m.shape);
        Assert.True(LinearMotionCondition.Join(alpha1, m).allclose(a, 1e-5, 1e-6));
    }

    [Fact]
    public void Join_AnyResiduals_KeepsAlpha1BitByBit()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var alpha1 = randn([2, 20], generator: generator) * 1e-3;
        var a = LinearMotionCondition.Join(alpha1, randn([2, 63, 20], generator: generator) * 1e3);
        Assert.Equal(alpha1.bytes.ToArray(), a.select(1, 0).contiguous().bytes.ToArray());
    }

    [Fact]
    public void Join_ConstantAddedToAlpha1_MovesEveryCodeByIt()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var (alpha1, m) = (randn([2, 20], generator: generator), randn([2, 63, 20], generator: generator));
        var shift = randn([1, 20], generator: generator);
        var moved = LinearMotionCondition.Join(alpha1 + shift, m) - LinearMotionCondition.Join(alpha1, m);
        Assert.True((moved - shift.unsqueeze(1)).abs().max().item<float>() < 1e-5); // Eq. 3: α_t = α₁ + m_t
    }

    [Fact]
    public void Denoiser_Network_SeesAlpha1ThenAlpha1PlusMAndAnswersForMOnly()
    {
        using var scope = NewDisposeScope();
        var alpha1 = tensor(new float[] { 10, 20 }, [1, 2]);
        var mt = tensor(new float[] { 1, 2, 3, 4 }, [1, 2, 2]);
        float[] seen = [];
        var output = LinearMotionCondition.Denoiser(
            (x, _) =>
            {
                seen = x.ToArray<float>();
                return x * 2;
            },
            alpha1)(mt, zeros(1, dtype: ScalarType.Int64));
        Assert.Equal([10, 20, 11, 22, 13, 24], seen);
        Assert.Equal([22, 44, 26, 48], output.ToArray<float>());
    }
}
