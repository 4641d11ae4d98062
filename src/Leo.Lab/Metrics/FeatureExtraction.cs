using System.Globalization;
using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Features of the videos of a folder.</summary>
/// <param name="extractor">What looks at them.</param>
/// <param name="protocol">How frames are prepared.</param>
/// <param name="sampling">Which frames are looked at.</param>
public sealed class FeatureExtraction(IVideoExtractor extractor, MetricProtocol protocol, ClipSampling sampling)
{
    /// <summary>Looks at every video. A video too short for a clip is left out and counted, as StyleGAN-V does.</summary>
    /// <param name="folder">Where they are, for their names.</param>
    /// <param name="paths">The videos.</param>
    /// <param name="progress">Called after each with the number done. May throw to stop.</param>
    /// <exception cref="MetricException">The clips are shorter than the extractor can take, or no video is long enough.</exception>
    /// <exception cref="Media.MediaException">A video cannot be read.</exception>
    public VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (sampling.Frames < extractor.LeastFrames)
            throw new MetricException($"--frames {sampling.Frames}", $"{extractor.Name} needs clips of {extractor.LeastFrames} frames or more", "Take longer clips");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        var videos = new List<long>();
        int tooShort = 0;
        foreach (var (video, path) in paths.Index())
        {
            int length = ClipReader.Length(path);
            if (length < sampling.Span)
            {
                tooShort++;
            }
            else
            {
                foreach (var clip in ClipReader.Read(path, sampling.Starts(VideoFolder.NameIn(folder, path), length), sampling))
                {
                    using (clip)
                        rows.Add(extractor.Features(clip, protocol.Resize).to(ScalarType.Float32));
                    videos.Add(video);
                }
            }
            progress?.Invoke(video + 1);
        }
        if (rows.Count == 0)
            throw new MetricException(folder, $"none of its {paths.Count} videos has {sampling.Span} frames", "Take shorter clips with --frames or --stride, or give longer videos");
        var features = cat([.. rows], 0);
        FeatureChecks.RequireFinite(features, folder);
        return new VideoFeatures(features.MoveToOuterDisposeScope(), [.. videos], tooShort, Metadata());
    }

    private Dictionary<string, string> Metadata() => new()
    {
        [CheckpointNames.Kind] = FeatureMetadata.Kind,
        [FeatureMetadata.Extractor] = extractor.Name,
        [FeatureMetadata.Weights] = extractor.Weights,
        [FeatureMetadata.Protocol] = protocol.Name,
        [FeatureMetadata.Clip] = string.Create(CultureInfo.InvariantCulture, $"{sampling.Frames} frames, stride {sampling.Stride}"),
        [FeatureMetadata.Start] = sampling.RandomStart ? string.Create(CultureInfo.InvariantCulture, $"random, seed {sampling.Seed}") : "first",
    };
}
