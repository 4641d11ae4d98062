using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Data;

namespace Leo.Cli.Commands;

/// <summary><c>leo data scan</c>: reads every video of a folder whole and says which cannot be used, and why.</summary>
internal static class DataScanCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { Description = "Folder of videos, or of folders of frames." };
        var size = CommonOptions.Count("--size", "Side in pixels that the videos are wanted at; smaller ones are reported.", 64, least: 8);
        var least = CommonOptions.Count("--min-frames", "Frames that a video has to have.", 2);
        var quarantine = CommonOptions.OptionalPath("--quarantine", "folder", "Move what cannot be used there.");

        return new LeoCommand("scan", "Check that every video can be read whole, is large and long enough. Exit code 1 where one is not.",
            "leo data scan my-videos",
            "leo data scan my-videos --size 256 --min-frames 64 --quarantine my-videos-rejected")
        .With(folder, size, least, quarantine)
        .Does(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            int total = VideoFolder.List(path).Count, done = 0, shortest = parsed.GetValue(least);
            IReadOnlyList<ScannedVideo> all = [];
            WorkProgress.Track(shell, "scan", "videos", progress => all = Scan(shell, path, parsed.GetValue(size), () => progress.Report(++done, total)));

            var faults = all.Select(v => (v.Path, Why: v.Problem ?? (v.Frames < shortest ? $"{v.Path}: {v.Frames} frames, fewer than {shortest}." : null)))
                .Where(f => f.Why is not null).ToList();
            long frames = all.Sum(v => (long)v.Frames);
            foreach (var (_, why) in faults)
                shell.Print(why!);
            if (parsed.GetValue(quarantine) is { } target)
                Quarantine(faults.Select(f => f.Path), target);
            shell.Print($"{all.Count - faults.Count} of {all.Count} videos can be used, {frames} frames");
            if (CommonOptions.WantsJson(parsed))
                shell.PrintJson(new { Command = "data scan", Videos = all.Count, Frames = frames, Faults = faults.Select(f => new { f.Path, f.Why }) });
            return faults.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        });
    }

    private static IReadOnlyList<ScannedVideo> Scan(Shell shell, string folder, int size, Action report)
    {
        try
        {
            return DataScan.Run(folder, size, _ =>
            {
                shell.Cancellation.ThrowIfCancellationRequested();
                report();
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

    private static void Quarantine(IEnumerable<string> paths, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string path in paths)
        {
            string to = Path.Combine(target, Path.GetFileName(path));
            if (Directory.Exists(path)) Directory.Move(path, to);
            else File.Move(path, to);
        }
    }
}
