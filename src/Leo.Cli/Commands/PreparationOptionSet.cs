using System.CommandLine;
using Leo.Lab.Data.Preparation;

namespace Leo.Cli.Commands;

/// <summary>The options that <c>leo data prepare</c> and <c>leo data fetch</c> share.</summary>
internal sealed class PreparationOptionSet
{
    private readonly Option<int> size = CommonOptions.Count("--size", "Square side in pixels, even. The paper has 128 and 256 for TaichiHD, 256 elsewhere.", 256, least: 16);
    private readonly Option<string> format = new("--format") { Description = "mp4 looks lossless at 1 % of the size; png is a folder of frames for each clip.", DefaultValueFactory = _ => "mp4" };
    private readonly Option<int> every = CommonOptions.Count("--every", "Keep one frame of so many. The paper names no subsampling: 1.", 1);
    private readonly Option<double?> fps = new("--fps") { Description = "Resample to this rate by time stamp; by default each stored frame is kept once.", HelpName = "rate" };
    private readonly Option<int?> most = new("--max-frames") { Description = "Most frames of a clip, counted after subsampling.", HelpName = "n" };
    private readonly Option<int> least = CommonOptions.Count("--min-frames", "Leave out clips with fewer frames.", 2);

    public PreparationOptionSet() => format.AcceptOnlyFromAmong("mp4", "png");

    public Symbol[] Symbols => [size, format, every, fps, most, least];

    public PreparationOptions Read(ParseResult parsed) => new()
    {
        Size = parsed.GetValue(size),
        Format = parsed.GetValue(format) == "png" ? ClipFormat.Png : ClipFormat.Mp4,
        Every = parsed.GetValue(every),
        FramesPerSecond = parsed.GetValue(fps),
        MaxFrames = parsed.GetValue(most),
        MinFrames = parsed.GetValue(least),
        Threads = CommonOptions.ThreadsGiven(parsed) ?? Math.Min(Environment.ProcessorCount, 8),
    };
}
