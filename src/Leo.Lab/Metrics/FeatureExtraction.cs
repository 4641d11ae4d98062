using Leo.Lab.Data;
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
    public VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null, ExtractionParts? parts = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (sampling.Frames < extractor.LeastFrames)
            throw new MetricException($"--frames {sampling.Frames}", $"{extractor.Name} needs clips of {extractor.LeastFrames} frames or more", "Take longer clips");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var metadata = FeatureMetadata.Of(extractor.Name, extractor.Weights, protocol.Name, sampling);
        var made = FeatureMetadata.OfParts(metadata, sampling);
        var walk = new ClipWalk(folder, paths, sampling, made, parts);
        var seen = walk.Run(Look, progress);
        var features = cat([.. seen.Select(s => s.Rows)], 0);
        FeatureChecks.RequireFinite(features, folder);
        var videos = seen.SelectMany(s => s.Clips.Select(_ => (long)s.Video)).ToList();
        return new VideoFeatures(features.MoveToOuterDisposeScope(), videos) { TooShort = walk.TooShort, Metadata = metadata };
    }

    private VideoRows Look(IEnumerable<Tensor> clips)
    {
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        foreach (var clip in clips)
        {
            using (clip)
                rows.Add(extractor.Features(clip, protocol.Resize).to(ScalarType.Float32));
        }
        return new VideoRows(cat([.. rows], 0).MoveToOuterDisposeScope(), [.. Enumerable.Range(0, rows.Count).Select(i => (long)i)], rows.Count);
    }
}
