using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class FeatureStatisticsTests
{
    private static Tensor Samples(int count, ulong seed)
    {
        using var generator = new Generator(seed);
        return randn([count, 5], float32, generator: generator) * 3 + 1000; // far from 0: sums of squares would lose seven digits
    }

    [Fact]
    public void Add_InPieces_GivesMeanAndCovarianceOfTheWhole()
    {
        using var scope = NewDisposeScope();
        var x = Samples(37, 1);
        using var streamed = new FeatureStatistics(5);
        for (int start = 0; start < 37; start += 8)
            streamed.Add(x.narrow(0, start, Math.Min(8, 37 - start)));

        var centred = x.to(float64) - x.to(float64).mean([0L]);
        Assert.Equal(37, streamed.Count);
        Assert.True(streamed.Mean.allclose(x.to(float64).mean([0L]), 1e-13, 0));
        Assert.True(streamed.Covariance(unbiased: true).allclose(centred.transpose(0, 1).matmul(centred) / 36.0, 1e-10, 1e-10));
        Assert.True(streamed.Covariance(unbiased: false).allclose(centred.transpose(0, 1).matmul(centred) / 37.0, 1e-10, 1e-10));
    }

    [Fact]
    public void Merge_PartsOfTwoProcesses_IsTheWhole_AndSurvivesTheDisk()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var x = Samples(40, 2);
        using (var second = FeatureStatistics.Of(x.narrow(0, 11, 29)))
            second.Save(folder["second.safetensors"]);
        using var merged = FeatureStatistics.Of(x.narrow(0, 0, 11));
        using (var file = TensorFile.Open(folder["second.safetensors"]))
        using (var second = FeatureStatistics.Load(file))
            merged.Merge(second);

        using var whole = FeatureStatistics.Of(x);
        Assert.Equal(40, merged.Count);
        Assert.True(merged.Mean.allclose(whole.Mean, 1e-13, 0));
        Assert.True(merged.Covariance(true).allclose(whole.Covariance(true), 1e-10, 1e-10));
    }

    [Fact]
    public void Add_BrokenSamples_TakesNothingIn()
    {
        using var scope = NewDisposeScope();
        var x = Samples(4, 3);
        using var statistics = FeatureStatistics.Of(x);
        x[1, 1] = float.PositiveInfinity;
        Assert.Throws<MetricException>(() => statistics.Add(x));
        Assert.Throws<MetricException>(() => statistics.Add(rand(3, 4)));
        Assert.Equal(4, statistics.Count);
    }

    [Fact]
    public void Covariance_OfOneSample_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var statistics = FeatureStatistics.Of(rand(1, 2));
        Assert.Contains("at least 2 samples", Assert.Throws<MetricException>(() => statistics.Covariance(unbiased: true)).Message);
    }

    [Fact]
    public void Open_FilesOfBothKinds_AndOthers()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        Safetensors.Write(folder["a"], new Dictionary<string, Tensor> { ["features"] = rand(3, 2) }, new Dictionary<string, string> { [FeatureMetadata.Extractor] = "i3d" });
        Safetensors.Write(folder["b"], new Dictionary<string, Tensor> { ["codes"] = rand(3, 2) });
        using (var file = FeatureFile.Open(folder["a"]))
        {
            Assert.Equal("i3d", file.Extractor);
            using var statistics = file.ToStatistics();
            statistics.Save(folder["c"], file.Metadata);
        }
        using var kept = FeatureFile.Open(folder["c"]);
        Assert.Equal((3L, "i3d"), (kept.Count, kept.Extractor));
        Assert.Contains("statistics only", Assert.Throws<MetricException>(kept.RequireFeatures).Message);
        Assert.Contains("expected a tensor 'features', found codes", Assert.Throws<CheckpointException>(() => FeatureFile.Open(folder["b"])).Message);
    }
}
