using static TorchSharp.torch;

namespace Leo.Lab.Tests;

public class SeedsTests
{
    // Computed independently in Python from the formulas: FNV-1a 64 of the purpose, SplitMix64's finaliser, one bit dropped.
    [Theory]
    [InlineData(0, "init", 8721352063825525357)]
    [InlineData(0, "data", 5476729001359050424)]
    [InlineData(1, "init", 8473768731960948477)]
    [InlineData(-7, "Rauschen – ε", 8192388762939403836)]
    public void Derive_KnownInputs_GivesFixedValues(long seed, string purpose, long expected) =>
        Assert.Equal(expected, Seeds.Derive(seed, purpose));

    [Fact]
    public void Derive_NeighbouringSeedsAndPurposes_NeverCollides()
    {
        var values = new HashSet<long>();
        for (int seed = 0; seed < 100; seed++)
        {
            for (int purpose = 0; purpose < 100; purpose++)
            {
                Assert.True(values.Add(Seeds.Derive(seed, $"purpose{purpose}")));
            }
        }
    }

    [Fact]
    public void Generator_SameSeedAndPurpose_DrawsTheSame()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var first = Seeds.Generator(3, "noise");
        using var second = Seeds.Generator(3, "noise");
        using var other = Seeds.Generator(3, "data");
        var a = randn([16], generator: first);
        Assert.True(a.Equals(randn([16], generator: second)));
        Assert.False(a.Equals(randn([16], generator: other)));
    }
}
