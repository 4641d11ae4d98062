using System.Globalization;
using Leo.Lab.Data;
using Leo.Lab.Distributed;
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
    public VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null, ExtractionParts? parts = null, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (sampling.Frames < extractor.LeastFrames)
            throw new MetricException($"--frames {sampling.Frames}", $"{extractor.Name} needs clips of {extractor.LeastFrames} frames or more", "Take longer clips");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var metadata = FeatureMetadata.Of(extractor.Name, extractor.Weights, protocol.Name, sampling);
        var made = FeatureMetadata.OfParts(metadata, sampling);
        var walk = new ClipWalk(folder, paths, sampling, made, parts, team ?? Team.Alone);
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

/// <summary>Turns the videos of a folder into features.</summary>
public interface IFeatureExtraction
{
    /// <summary>Looks at every video. One that is too short for a clip is left out and counted.</summary>
    /// <param name="folder">Where they are, for their names.</param>
    /// <param name="paths">The videos.</param>
    /// <param name="progress">Called after each with the number done. May throw to stop. <value>Default null.</value></param>
    /// <param name="parts">Keeps what was seen of each video, so that an extraction that stopped goes on. <value>Default null: nothing is kept.</value></param>
    /// <param name="team">Processes that divide the videos and all get all features, to the last bit those of one process. <value>Default alone.</value></param>
    /// <returns>The features; the caller disposes of them.</returns>
    /// <exception cref="Media.MediaException">A video cannot be read.</exception>
    /// <exception cref="FileWriteException">A part cannot be kept.</exception>
    VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null, ExtractionParts? parts = null, Team? team = null);
}

/// <summary>Features of the frames of a folder's videos, for ACD. A frame in which nobody is found gives no row, and is counted.</summary>
/// <param name="extractor">What looks at them.</param>
/// <param name="sampling">Which frames are looked at.</param>
public sealed class FrameFeatureExtraction(IFrameExtractor extractor, ClipSampling sampling) : IFeatureExtraction
{
    /// <inheritdoc/>
    /// <exception cref="MetricException">No video is long enough, or nobody was found in any frame.</exception>
    public VideoFeatures Run(string folder, IReadOnlyList<string> paths, Action<int>? progress = null, ExtractionParts? parts = null, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var metadata = FeatureMetadata.Of(extractor.Name, extractor.Weights, null, sampling);
        var made = FeatureMetadata.OfParts(metadata, sampling);
        var walk = new ClipWalk(folder, paths, sampling, made, parts, team ?? Team.Alone);
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

/// <summary>What an extractor saw in one video.</summary>
/// <param name="Rows">[n, D] float32; null where there is no row.</param>
/// <param name="Clips">Which clip of the video each row is of, from 0.</param>
/// <param name="ClipCount">Clips that were looked at; 0 where the video is shorter than one.</param>
/// <param name="Without">Frames in which nobody was found.</param>
internal sealed record VideoRows(Tensor? Rows, IReadOnlyList<long> Clips, int ClipCount, int Without = 0)
{
    private const string ClipCountKey = "clips", ClipName = "clip";

    internal static VideoRows TooShort => new(null, [], 0);

    internal static VideoRows From(ExtractionPart part)
    {
        return new(part.Tensors.GetValueOrDefault(FeatureFile.TensorName), part.Tensors[ClipName].ToArray<long>(),
            Number(ClipCountKey), Number(FeatureMetadata.FramesWithout));

        int Number(string key) => int.Parse(part.Strings[key], CultureInfo.InvariantCulture);
    }

    internal ExtractionPart ToPart()
    {
        var tensors = new Dictionary<string, Tensor> { [ClipName] = tensor(Clips.ToArray(), dtype: ScalarType.Int64) };
        if (Rows is not null)
        {
            tensors[FeatureFile.TensorName] = Rows;
        }
        return new ExtractionPart(tensors, new Dictionary<string, string>
        {
            [ClipCountKey] = ClipCount.ToString(CultureInfo.InvariantCulture),
            [FeatureMetadata.FramesWithout] = Without.ToString(CultureInfo.InvariantCulture),
        });
    }
}
