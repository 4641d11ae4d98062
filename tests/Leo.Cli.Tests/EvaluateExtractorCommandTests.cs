using Leo.Lab;
using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics.I3d;

namespace Leo.Cli.Tests;

public sealed class EvaluateExtractorCommandTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void EvaluateExtractor_AnySmallNetwork_GivesACurveForEachWayToSpoil()
    {
        var settings = new PuppetI3dSettings { Channels = [4, 8], Width = 6 };
        using (var generator = Seeds.Generator(1, "extractor"))
        using (var network = new PuppetI3dNetwork(settings, generator))
            Checkpoint.Save(_shop.At("extractor"), PuppetI3dNetwork.Kind, Json.WriteLine(settings), 0, network.state_dict());

        var json = Workshop.Good($"evaluate extractor --extractor puppet-i3d:{_shop.At("extractor")} --kind faces --clips 8 --stride 1 --json");

        Assert.Equal("puppet-i3d", (string)json["extractor"]!);
        var faces = Assert.Single(json["kinds"]!.AsArray())!;
        Assert.Equal(("faces", 8), ((string)faces["kind"]!, (int)faces["clips"]!));
        Assert.Equal(6, faces["curves"]!.AsObject().Count);
        Assert.Equal(5, faces["curves"]!["noise"]!.AsArray().Count);
    }
}
