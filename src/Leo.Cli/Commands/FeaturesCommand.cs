using System.CommandLine;
using Leo.Lab.Data;
using Leo.Lab.Experiments;
using Leo.Lab.Metrics;

namespace Leo.Cli.Commands;

/// <summary><c>leo features</c>: what an extractor sees in videos, kept for metrics.</summary>
internal static class FeaturesCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var extractor = new Option<string>("--extractor") { Description = $"What looks at the videos: {VideoExtractors.Known}; at their frames, for ACD: {FrameExtractors.Known}.", HelpName = "kind:FILE", Required = true };
        var videos = CommonOptions.Path("--videos", "folder", "Folder of videos, or of folders of frames.", "--data");
        var output = CommonOptions.Path("--out", "file", "Where to: .safetensors with 'features' [N, D] and 'video' [N].");
        var metric = new MetricOptionSet();
        var clips = new ClipOptionSet();
        var start = new Option<string>("--start") { Description = "Where clips begin: at a random frame of the video, or at its first.", DefaultValueFactory = _ => "random" };
        start.AcceptOnlyFromAmong("random", "first");
        var part = new Option<string>("--part") { Description = "Which videos of the folder.", DefaultValueFactory = _ => "all" };
        part.AcceptOnlyFromAmong("train", "test", "all");

        return new LeoCommand("features", "Turn videos into features for FVD, KVD or ACD. Stopped at any moment, the same command goes on.",
            "leo features --extractor i3d:i3d_pretrained_400.pt --videos real --protocol digan --out real.safetensors",
            "leo features --extractor i3d:i3d_pretrained_400.pt --videos fake --protocol styleganv --start first --out fake.safetensors",
            "leo features --extractor reid:net_last.pth --videos fake --start first --out people.safetensors")
        .With(extractor, videos, output, metric.Protocol).With(clips.Symbols).With(start, part, metric.Seed).Divides()
        .Does(parsed =>
        {
            string folder = parsed.GetRequiredValue(videos), to = parsed.GetRequiredValue(output);
            var protocol = metric.ReadProtocol(parsed);
            var paths = VideoFolder.List(folder, parsed.GetValue(part)!);
            CommonOptions.ApplyThreads(parsed, VideoThreads);
            var sampling = clips.Read(parsed, protocol, parsed.GetValue(start) == "random", parsed.GetValue(metric.Seed));
            var parts = ExtractionParts.Beside(to);
            using var features = KeptWork.Run(shell, parts, () => FeatureWork.Run(shell, "features", parsed.GetRequiredValue(extractor), protocol, sampling, folder, paths, parts, CommonOptions.DeviceOf(parsed)));
            if (shell.Team.IsFirst)
            {
                features.Save(to);
                parts.Clear();
            }

            long rows = features.Features.shape[0], width = features.Features.shape[1];
            string name = features.Metadata[FeatureMetadata.Extractor];
            shell.Print($"{to}: {rows} rows of {paths.Count - features.TooShort} videos, {width} numbers each, by {name}"
                + (features.Metadata.ContainsKey(FeatureMetadata.Protocol) ? $" after {protocol.Name}'s preprocessing" : ""));
            if (features.TooShort > 0)
                shell.Say($"note: {features.TooShort} of {paths.Count} videos are shorter than {sampling.Span} frames and were left out");
            if (features.FramesWithout > 0)
                shell.Say($"note: nobody was found in {features.FramesWithout} of {rows + features.FramesWithout} frames");
            if (CommonOptions.WantsJson(parsed))
            {
                shell.PrintJson(new
                {
                    Command = "features",
                    Out = to,
                    Extractor = name,
                    Weights = features.Metadata[FeatureMetadata.Weights],
                    Protocol = features.Metadata.GetValueOrDefault(FeatureMetadata.Protocol),
                    Rows = rows,
                    Width = width,
                    Videos = paths.Count - features.TooShort,
                    features.TooShort,
                    features.FramesWithout,
                    sampling.Frames,
                    sampling.Stride,
                });
            }
            return ExitCode.Success;
        });
    }

    /// <summary>A video network has enough to do in each operator for all cores.</summary>
    internal const int VideoThreads = 224;
}
