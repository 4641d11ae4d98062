using Leo.Lab;
using Leo.Lab.Data;
using Leo.Lab.Experiments;
using Leo.Lab.Metrics;

namespace Leo.Cli.Commands;

/// <summary>Extraction of features with progress.</summary>
internal static class FeatureWork
{
    /// <summary>Runs an extraction.</summary>
    /// <param name="shell">Where progress is shown.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="extractor">An extractor of videos or of frames.</param>
    /// <param name="protocol">How frames are prepared for extractors of videos.</param>
    /// <param name="sampling">Which frames.</param>
    /// <param name="folder">Where the videos are.</param>
    /// <param name="paths">The videos.</param>
    /// <param name="parts">Keeps what was seen of each video. <value>Default null: nothing is kept.</value></param>
    /// <param name="device">What computes.</param>
    /// <returns>The features; the caller disposes of them.</returns>
    public static VideoFeatures Run(Shell shell, string title, string extractor, MetricProtocol protocol, ClipSampling sampling, string folder, IReadOnlyList<string> paths, ExtractionParts? parts = null, string device = ComputeDevice.Auto)
    {
        VideoFeatures? features = null;
        WorkProgress.Track(shell, title, "videos", progress => features = VideoQuality.Features(extractor, protocol, sampling, folder, paths, done =>
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            progress.Report(done, paths.Count);
        }, parts, device, shell.Team));
        return features!;
    }
}
