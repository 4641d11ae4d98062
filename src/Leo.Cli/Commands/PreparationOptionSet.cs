using System.CommandLine;
using Leo.Lab.Data.Preparation;

namespace Leo.Cli.Commands;

/// <summary>The options that <c>leo data prepare</c> and <c>leo data fetch</c> share.</summary>
internal sealed class PreparationOptionSet
{
    private readonly Option<int> _size = CommonOptions.Count("--size", "Square side in pixels, even. The paper has 128 and 256 for TaichiHD, 256 elsewhere.", 256, least: 16);
    private readonly Option<string> _format = new("--format") { Description = "mp4 looks lossless at 1 % of the size; png is a folder of frames for each clip.", DefaultValueFactory = _ => "mp4" };
    private readonly Option<int> _every = CommonOptions.Count("--every", "Keep one frame of so many. The paper names no subsampling: 1.", 1);
    private readonly Option<double?> _fps = new("--fps") { Description = "Resample to this rate by time stamp; by default each stored frame is kept once.", HelpName = "rate" };
    private readonly Option<int?> _most = new("--max-frames") { Description = "Most frames of a clip, counted after subsampling.", HelpName = "n" };
    private readonly Option<int> _least = CommonOptions.Count("--min-frames", "Leave out clips with fewer frames.", 2);

    public PreparationOptionSet() => _format.AcceptOnlyFromAmong("mp4", "png");

    public Symbol[] Symbols => [_size, _format, _every, _fps, _most, _least];

    public PreparationOptions Read(ParseResult parsed) => new()
    {
        Size = parsed.GetValue(_size),
        Format = parsed.GetValue(_format) == "png" ? ClipFormat.Png : ClipFormat.Mp4,
        Every = parsed.GetValue(_every),
        FramesPerSecond = parsed.GetValue(_fps),
        MaxFrames = parsed.GetValue(_most),
        MinFrames = parsed.GetValue(_least),
        Threads = CommonOptions.ThreadsGiven(parsed) ?? Math.Min(Environment.ProcessorCount, 8),
    };
}
