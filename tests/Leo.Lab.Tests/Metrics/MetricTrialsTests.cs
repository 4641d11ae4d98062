using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class MetricTrialsTests
{
    [Fact]
    public void Run_NoMoreRowsThanAreDrawn_IsOneTrialOfAll()
    {
        using var scope = NewDisposeScope();
        var (a, b) = MetricGolden.Sets();
        var value = new MetricTrials(200, 10, 0).Run(a, b, (x, y) => KernelDistance.Between(x, y));
        Assert.Equal((1, 200L, 0.0), (value.Trials, value.SamplesA, value.Deviation));
        Assert.Equal(KernelDistance.Between(a, b), value.Value, 1e-7);         // sums in another order, as threads come
    }

    [Fact]
    public void Run_MoreRows_DrawsWithoutRepetition_BySeed()
    {
        using var scope = NewDisposeScope();
        var rows = arange(10, dtype: float32).unsqueeze(1);
        var drawn = new List<float[]>();
        var value = new MetricTrials(4, 3, 1).Run(rows, rows, (x, y) =>
        {
            drawn.Add([.. x.flatten().data<float>()]);
            return x.sum().item<float>();
        });
        Assert.All(drawn, d => Assert.Equal(4, d.Distinct().Count()));
        Assert.Equal(3, value.Trials);
        Assert.Equal(drawn.Average(d => (double)d.Sum()), value.Value, 1e-9);
        Assert.True(value.Deviation > 0);
        Assert.Equal(value, new MetricTrials(4, 3, 1).Run(rows, rows, (x, _) => x.sum().item<float>()));
    }

    [Theory]
    [InlineData("digan", true, 2048, 10)]
    [InlineData("videogpt", true, 256, 1)]
    [InlineData("fvd2048_128f_subsample8f", false, 2048, 1)]
    public void Find_ProtocolsByName_HaveThePublishedNumbers(string name, bool unbiased, int samples, int trials)
    {
        var protocol = MetricProtocol.Find(name);
        Assert.Equal((unbiased, samples, trials), (protocol.Form.Unbiased, protocol.Samples, protocol.Trials));
    }

    [Fact]
    public void Find_AnotherName_TellsTheKnownOnes()
    {
        Assert.Same(MetricProtocol.StyleGanV, MetricProtocol.Find("fvd2048_16f"));
        Assert.Contains("known are digan, videogpt", Assert.Throws<MetricException>(() => MetricProtocol.Find("fid")).Message);
    }

    [Theory]
    [InlineData("FVD", null, "FVD")]
    [InlineData("FVD", "i3d", "FVD")]
    [InlineData("KVD", "pytorch-i3d", "KVD")]
    [InlineData("FVD", "puppet-i3d", "FVD(puppet-i3d)")]
    [InlineData("ACD", "face", "ACD(face)")]
    public void Name_OfAnotherExtractorThanI3d_StandsBesideTheMetric(string metric, string? extractor, string name) =>
        Assert.Equal(name, MetricName.Of(metric, extractor));
}
