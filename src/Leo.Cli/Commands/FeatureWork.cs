using Leo.Lab.Metrics;

namespace Leo.Cli.Commands;

/// <summary>Extraction of features with progress.</summary>
internal static class FeatureWork
{
    /// <summary>Runs an extraction.</summary>
    /// <returns>The features; the caller disposes of them.</returns>
    public static VideoFeatures Run(Shell shell, string title, FeatureExtraction extraction, string folder, IReadOnlyList<string> paths)
    {
        VideoFeatures? features = null;
        WorkProgress.Track(shell, title, "videos", progress => features = extraction.Run(folder, paths, done =>
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            progress.Report(done, paths.Count);
        }));
        return features!;
    }
}
