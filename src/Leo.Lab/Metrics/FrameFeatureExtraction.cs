using Leo.Lab.Data;
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
    public VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null, ExtractionParts? parts = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var metadata = FeatureMetadata.Of(extractor.Name, extractor.Weights, null, sampling);
        var made = FeatureMetadata.OfParts(metadata, sampling);
        var walk = new ClipWalk(folder, paths, sampling, made, parts);
        var seen = walk.Run(Look, progress);
        if (seen.Count == 0)
            throw new MetricException(folder, $"{extractor.Name} found nobody in {walk.Without} frames", "Give videos of people, large enough to be seen");
        var features = cat([.. seen.Select(s => s.Rows)], 0);
        FeatureChecks.RequireFinite(features, folder);
        metadata[FeatureMetadata.FramesWithout] = walk.Without.ToString(CultureInfo.InvariantCulture);
        return new VideoFeatures(features.MoveToOuterDisposeScope(), [.. seen.SelectMany(s => s.Clips)])
        {
            TooShort = walk.TooShort,
            FramesWithout = walk.Without,
            Metadata = metadata,
        };
    }

    private VideoRows Look(IEnumerable<Tensor> videoClips)
    {
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        var clips = new List<long>();
        int without = 0, number = 0;
        foreach (var clip in videoClips)
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
        return new VideoRows(rows.Count == 0 ? null : stack(rows, 0).MoveToOuterDisposeScope(), clips, number, without);
    }
}
