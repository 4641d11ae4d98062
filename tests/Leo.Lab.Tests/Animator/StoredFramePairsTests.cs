using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Tests.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

public sealed class StoredFramePairsTests(SamplerFixture data) : IClassFixture<SamplerFixture>
{
    [Fact]
    public void Pairs_SettingsSayWhich_AreDrawnSo()
    {
        using var scope = NewDisposeScope();
        var settings = AnimatorRecipe.Tiny with { Pairs = new FramePairOptions { MaxDistance = 1, Flip = true } };
        using var pairs = StoredFramePairs.Of(settings with { Training = settings.Training with { BatchSize = 200 } }, data.Store);

        var (source, driving) = pairs.Next();
        var drawn = Enumerable.Range(0, 200).Select(i => (From: SamplerFixture.Read(source, i), To: SamplerFixture.Read(driving, i))).ToList();

        Assert.All(drawn, p => Assert.Equal(1, Math.Abs(p.From.Frame - p.To.Frame)));
        Assert.InRange(drawn.Count(p => p.From.Column == 3), 60, 140);
    }
}
