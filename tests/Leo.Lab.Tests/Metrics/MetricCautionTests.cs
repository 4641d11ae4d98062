using Leo.Lab.Experiments;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class MetricCautionTests
{
    [Theory]
    [InlineData("styleganv", 64, 64, 400, "64 samples are far fewer than the 2048 of styleganv and fewer than the 400 features")]
    [InlineData("styleganv", 2048, 500, 400, "500 samples are far fewer than the 2048 of styleganv:")]
    [InlineData("videogpt", 200, 256, 400, "200 samples are fewer than the 400 features:")]
    [InlineData("digan", 1023, 2048, 10, "1023 samples are far fewer than the 2048 of digan:")]
    public void OfFrechet_FewSamples_SaysHowMany(string protocol, long a, long b, long features, string expected) =>
        Assert.Contains(expected, MetricCaution.OfFrechet(MetricProtocol.Find(protocol), new MetricValue(1, 0, 1, a, b), features), StringComparison.Ordinal);

    [Theory]
    [InlineData("styleganv", 2048, 400)]
    [InlineData("digan", 1500, 400)]
    [InlineData("videogpt", 400, 400)]
    public void OfFrechet_SamplesEnough_SaysNothing(string protocol, long samples, long features) =>
        Assert.Null(MetricCaution.OfFrechet(MetricProtocol.Find(protocol), new MetricValue(1, 0, 1, samples, samples), features));

    [Fact]
    public void OfKernel_FewerThanFeatures_SaysOnlyThatTheyAreFarFewerThanTheProtocols()
    {
        Assert.Contains("scatters", MetricCaution.OfKernel(MetricProtocol.Tats, new MetricValue(1, 0, 1, 64, 64)), StringComparison.Ordinal);
        Assert.Null(MetricCaution.OfKernel(MetricProtocol.VideoGpt, new MetricValue(1, 0, 1, 200, 200)));
    }

    [Fact]
    public void Fvd_OfFewVideos_CarriesTheCautionInItsText()
    {
        using var scope = NewDisposeScope();
        var features = new VideoFeatures(rand(8, 20), [.. Enumerable.Range(0, 8).Select(i => (long)i)]) { Metadata = new Dictionary<string, string>() };
        var number = VideoQuality.Fvd(features, features, MetricProtocol.StyleGanV);
        Assert.Contains("8 samples are far fewer", number.Caution, StringComparison.Ordinal);
        Assert.Contains($"; caution: {number.Caution}", number.ToString(), StringComparison.Ordinal);
    }
}
