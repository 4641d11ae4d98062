using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Features of the clips of a folder's videos, for FVD and KVD.</summary>
/// <param name="extractor">What looks at them.</param>
/// <param name="protocol">How frames are prepared.</param>
/// <param name="sampling">Which frames are looked at.</param>
public sealed class FeatureExtraction(IVideoExtractor extractor, MetricProtocol protocol, ClipSampling sampling) : IFeatureExtraction
{
    /// <inheritdoc/>
    /// <exception cref="MetricException">The clips are shorter than the extractor can take, or no video is long enough.</exception>
    public VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (sampling.Frames < extractor.LeastFrames)
            throw new MetricException($"--frames {sampling.Frames}", $"{extractor.Name} needs clips of {extractor.LeastFrames} frames or more", "Take longer clips");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        var videos = new List<long>();
        var walk = new ClipWalk(folder, paths, sampling);
        foreach (var (video, clip) in walk.Clips(progress))
        {
            using (clip)
                rows.Add(extractor.Features(clip, protocol.Resize).to(ScalarType.Float32));
            videos.Add(video);
        }
        var features = cat([.. rows], 0);
        FeatureChecks.RequireFinite(features, folder);
        return new VideoFeatures(features.MoveToOuterDisposeScope(), videos)
        {
            TooShort = walk.TooShort,
            Metadata = FeatureMetadata.Of(extractor.Name, extractor.Weights, protocol.Name, sampling),
        };
    }
}
