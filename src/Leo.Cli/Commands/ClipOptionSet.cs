using System.CommandLine;
using Leo.Lab.Metrics;

namespace Leo.Cli.Commands;

/// <summary>Options that say which frames of videos are looked at.</summary>
internal sealed class ClipOptionSet
{
    public Option<int?> Frames { get; } = Number("--frames", "Frames of a clip; by default the protocol's.");

    public Option<int?> Stride { get; } = Number("--stride", "Every how many frames of the video one is taken; by default the protocol's.");

    public Option<int> Clips { get; } = CommonOptions.Count("--clips", "Clips of each video.", 1);

    public Symbol[] Symbols => [Frames, Stride, Clips];

    public ClipSampling Read(ParseResult parsed, MetricProtocol protocol, bool randomStart, long seed) => new()
    {
        Frames = parsed.GetValue(Frames) ?? protocol.Frames,
        Stride = parsed.GetValue(Stride) ?? protocol.Stride,
        ClipsPerVideo = parsed.GetValue(Clips),
        RandomStart = randomStart,
        Seed = seed,
    };

    private static Option<int?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "n",
        Validators = { result => CommonOptions.AtLeast(result, 1) },
    };
}
