using Leo.Lab.Data.Preparation;

namespace Leo.Cli.Commands;

/// <summary>Tells what a preparation did.</summary>
internal static class PreparationSummary
{
    private const int ReasonsShown = 10;

    public static void Print(Shell shell, string command, string target, PreparationReport report, bool json)
    {
        var manifest = report.Manifest;
        var skipped = report.Skipped.ToList();
        foreach (var clip in skipped.Take(ReasonsShown))
            shell.Print($"left out {clip.Name}: {clip.Reason}");
        if (skipped.Count > ReasonsShown)
            shell.Print($"… and {skipped.Count - ReasonsShown} more; all are in {Path.Combine(target, PreparationManifest.FileName)}");
        foreach (string warning in manifest.Warnings)
            shell.Say($"note: {warning}");

        string counts = string.Join(", ", manifest.Counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"));
        shell.Print($"{target}: {report.Made + report.Reused} clips of {manifest.Size}×{manifest.Size} ({counts}), {report.Reused} of them from before, {skipped.Count} left out");
        if (json)
        {
            shell.PrintJson(new
            {
                Command = command,
                Out = target,
                manifest.Dataset,
                manifest.Layout,
                manifest.Size,
                report.Made,
                report.Reused,
                Frames = manifest.Clips.Sum(c => (long)c.Frames),
                manifest.Counts,
                manifest.Published,
                manifest.Warnings,
                Skipped = skipped.Select(c => new { c.Name, c.Reason }),
            });
        }
    }
}
