using System.CommandLine;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Metrics;
using TorchSharp;

namespace Leo.Cli.Commands;

/// <summary><c>leo metric acd</c>: how much the person of a video changes over it.</summary>
internal static class MetricAcdCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var features = new Option<string[]>("--features")
        {
            Description = "A file with 'features' [F, D] of frames and 'video' [F], or 'features' [N, T, D]; a second one to compare with.",
            HelpName = "A [B]",
            Required = true,
            Arity = new ArgumentArity(1, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var pairs = new Option<string>("--protocol")
        {
            Description = "Which frames of a video are compared: every one with every other, or each with the next.",
            DefaultValueFactory = _ => "all-pairs",
        };
        pairs.AcceptOnlyFromAmong("all-pairs", "consecutive");

        return new LeoCommand("acd", "Average content distance: mean L2 distance of the features of a video's frames, then the mean over videos.",
            "leo metric acd --features faces.safetensors",
            "leo metric acd --features generated.safetensors real.safetensors --protocol consecutive --json")
        .With(features, pairs)
        .Does(parsed =>
        {
            string[] paths = parsed.GetRequiredValue(features);
            var pairing = parsed.GetValue(pairs) == "consecutive" ? FramePairing.Consecutive : FramePairing.All;
            var results = paths.Select(path => Measure(path, pairing)).ToArray();
            foreach (var r in results)
                shell.Print(string.Create(CultureInfo.InvariantCulture, $"{r.Name} {r.Value:0.######}  ({parsed.GetValue(pairs)}; {r.Videos} videos, {r.Frames} frames{r.Missed})  {r.Path}"));
            if (CommonOptions.WantsJson(parsed))
            {
                var (first, second) = (results[0], results.ElementAtOrDefault(1));
                shell.PrintJson(new { first.Value, first.Name, first.Videos, first.Frames, first.FramesWithout, Protocol = parsed.GetValue(pairs), Reference = second?.Value });
            }
            return ExitCode.Success;
        });
    }

    private static Result Measure(string path, FramePairing pairing)
    {
        using var file = FeatureFile.Open(path);
        using var scope = torch.NewDisposeScope();
        var rows = file.RequireFeatures();
        long[] videos;
        if (rows.dim() == 3)
        {
            videos = [.. Enumerable.Range(0, (int)rows.shape[0]).SelectMany(v => Enumerable.Repeat((long)v, (int)rows.shape[1]))];
            rows = rows.flatten(0, 1);
        }
        else
        {
            videos = file.Videos?.to(torch.ScalarType.Int64).ToArray<long>() ?? new long[rows.shape[0]];
        }
        var (distance, count) = ContentDistance.Mean(rows, videos, pairing, path);
        int? without = file.Metadata.TryGetValue(FeatureMetadata.FramesWithout, out string? text) && int.TryParse(text, CultureInfo.InvariantCulture, out int n) ? n : null;
        return new Result(path, MetricName.Of("ACD", file.Extractor), distance, count, rows.shape[0], without);
    }

    private sealed record Result(string Path, string Name, double Value, int Videos, long Frames, int? FramesWithout)
    {
        public string Missed => FramesWithout is { } n ? $", {n} more without" : "";
    }
}
