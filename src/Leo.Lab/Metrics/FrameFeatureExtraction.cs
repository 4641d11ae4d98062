using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Features of the frames of a folder's videos, for ACD. A frame in which nobody is found gives no row, and is counted.</summary>
/// <param name="extractor">What looks at them.</param>
/// <param name="sampling">Which frames are looked at.</param>
public sealed class FrameFeatureExtraction(IFrameExtractor extractor, ClipSampling sampling) : IFeatureExtraction
{
    /// <inheritdoc/>
    /// <exception cref="MetricException">No video is long enough, or nobody was found in any frame.</exception>
    public VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        var clips = new List<long>();
        int without = 0;
        long number = 0;
        var walk = new ClipWalk(folder, paths, sampling);
        foreach (var (_, clip) in walk.Clips(progress))
        {
            using (clip)
            {
                foreach (var row in extractor.Features(clip))
                {
                    if (row is null)
                    {
                        without++;
                        continue;
                    }
                    rows.Add(row.to(ScalarType.Float32));
                    clips.Add(number);
                }
            }
            number++;
        }
        if (rows.Count == 0)
            throw new MetricException(folder, $"{extractor.Name} found nobody in {without} frames", "Give videos of people, large enough to be seen");
        var features = stack(rows, 0);
        FeatureChecks.RequireFinite(features, folder);
        var metadata = FeatureMetadata.Of(extractor.Name, extractor.Weights, null, sampling);
        metadata[FeatureMetadata.FramesWithout] = without.ToString(CultureInfo.InvariantCulture);
        return new VideoFeatures(features.MoveToOuterDisposeScope(), clips) { TooShort = walk.TooShort, FramesWithout = without, Metadata = metadata };
    }
}
