using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Data;

namespace Leo.Cli.Commands;

/// <summary><c>leo data scan</c>: reads every video of a folder whole and says which cannot be used, and which leak from test to training.</summary>
internal static class DataScanCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { Description = "Folder of videos, or of folders of frames." };
        var size = CommonOptions.Count("--size", "Side in pixels that the videos are wanted at; smaller ones are reported.", 64, least: 8);
        var least = CommonOptions.Count("--min-frames", "Frames that a video has to have.", 2);
        var manifest = CommonOptions.OptionalPath("--manifest", "file", "Where to keep what was found, a line a video: frames, size, rate, SHA-256. A scan that was stopped goes on there. Default: scan.jsonl in the folder.");
        var quarantine = new Option<bool>("--quarantine") { Description = "Leave what cannot be used, and training videos that stand in the test part too, out of everything: their names go into quarantine.json in the folder, by reason. No video is moved." };

        return new LeoCommand("scan", "Decode every video once: can it be read whole, is it large and long enough, does it stand in training and in test. Exit code 1 where one is not as it should be.",
            "leo data scan my-videos                                     # writes my-videos/scan.jsonl; again: only what changed",
            "leo data scan my-videos --size 256 --min-frames 64 --quarantine")
        .With(folder, size, least, manifest, quarantine)
        .Does(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            var options = new DataScanOptions { Size = parsed.GetValue(size), MinFrames = parsed.GetValue(least), Manifest = parsed.GetValue(manifest) ?? Path.Combine(path, DataScan.ManifestName) };
            DataScanReport? report = null;
            WorkProgress.Track(shell, "scan", "videos", progress => report = Scan(shell, path, options, progress));

            var faults = report!.Videos.Where(v => v.Problem is not null).ToList();
            foreach (var video in faults)
                shell.Print(video.Problem!);
            foreach (var video in report.Videos.Where(v => v.Problem is null && v.Note is not null))
                shell.Print($"{video.Path}: {video.Note}.");
            foreach (var pair in report.Duplicates)
                shell.Print($"{pair.Train}: {(pair.IsSameFile ? "the same file as" : FormattableString.Invariant($"nearly the same ({pair.Distance:0.0} of 64 bits) as"))} {pair.Test}, which is held out.");
            if (report.PassedOver.Count > 0)
                shell.Print($"{PassedOverFiles.Say(report.PassedOver)}.");
            int? away = parsed.GetValue(quarantine) ? Quarantine.Write(path, report) : null;
            long frames = report.Videos.Where(v => v.Problem is null).Sum(v => (long)v.Frames), others = faults.Sum(v => (long)v.Frames);
            shell.Print($"{report.Videos.Count - faults.Count} of {report.Videos.Count} videos can be used, {frames} frames{(others > 0 ? $" ({others} more in the others)" : "")}; {report.Duplicates.Count} pairs stand in training and in test"
                + (report.Reused > 0 ? $"; {report.Reused} were known from {options.Manifest}" : "") + (away is { } n ? $"; {n} in quarantine" : ""));
            if (CommonOptions.WantsJson(parsed))
            {
                shell.PrintJson(new
                {
                    Command = "data scan",
                    Videos = report.Videos.Count,
                    Frames = frames,
                    FramesOfOthers = others,
                    report.Reused,
                    options.Manifest,
                    Quarantined = away,
                    Faults = faults.Select(f => new { f.Path, f.Fault, Why = f.Problem }),
                    NotLookedAt = report.PassedOver,
                    Notes = report.Videos.Where(v => v.Note is not null).Select(v => new { v.Path, v.Note }),
                    Duplicates = report.Duplicates.Select(d => new { d.Train, d.Test, d.Distance, d.IsSameFile }),
                });
            }

            return faults.Count + report.Duplicates.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        });
    }

    private static DataScanReport Scan(Shell shell, string folder, DataScanOptions options, IProgressLine progress)
    {
        int done = 0, total = VideoFolder.Count(folder);
        try
        {
            return DataScan.Run(folder, options, _ =>
            {
                shell.Cancellation.ThrowIfCancellationRequested();
                progress.Report(++done, total);
            });
        }
        catch (AggregateException) when (shell.Cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(shell.Cancellation);
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is LeoException first)
        {
            throw first;
        }
    }
}
