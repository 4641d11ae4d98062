using Leo.Lab.Data.Puppets;
using Leo.Lab.Experiments.Extractor;
using Leo.Lab.Metrics.I3d;

namespace Leo.Lab.Tests.Metrics;

/// <summary>The extractor that comes with the project is a yardstick: with few clips already, everything that spoils videos puts them farther away.</summary>
public sealed class ShippedExtractorTests
{
    [Theory]
    [InlineData(PuppetKind.Bodies)]
    [InlineData(PuppetKind.Faces)]
    public void Distance_OfWhatIsSpoilt_RisesWithTheStrength(PuppetKind kind)
    {
        using var extractor = PuppetI3dExtractor.Load();
        var report = new SensitivityEvaluation(extractor, kind, 3) { Clips = 20 }.Run();

        foreach (string way in new[] { "noise", "blur", "shuffle", "freeze", "swap" })
        {
            var curve = report.Curves[way];
            // Twenty clips leave some chance in a step; from one end to the middle and to the other there is none.
            Assert.True(report.Clean < curve[2] && curve[0] < curve[2] && curve[2] < curve[4], $"{kind}, {way}: {report.Clean:0.0}; {string.Join(", ", curve.Select(d => d.ToString("0.0")))}");
        }
    }
}
