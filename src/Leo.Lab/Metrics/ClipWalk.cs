using Leo.Lab.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Looks at the videos of a folder one after the other and joins what was seen.</summary>
/// <param name="folder">Where they are, for their names.</param>
/// <param name="paths">The videos.</param>
/// <param name="sampling">Which frames.</param>
/// <param name="made">How rows are made.</param>
/// <param name="parts">Keeps rows of single videos; null keeps none.</param>
internal sealed class ClipWalk(string folder, IReadOnlyList<string> paths, ClipSampling sampling, IReadOnlyDictionary<string, string> made, ExtractionParts? parts)
{
    /// <summary>Videos so far that were shorter than a clip, and so were left out, as StyleGAN-V does.</summary>
    internal int TooShort { get; private set; }

    /// <summary>Frames so far in which nobody was found.</summary>
    internal int Without { get; private set; }

    /// <summary>Looks at all videos.</summary>
    /// <param name="look">The rows of the clips of one video, each [T, 3, H, W] bytes; disposes of none.</param>
    /// <param name="progress">Called after each video with the number done.</param>
    /// <returns>Rows in order, owned by the caller's scope, with their video's number and their clip's, counted over all videos.</returns>
    internal List<(Tensor Rows, int Video, IReadOnlyList<long> Clips)> Run(Func<IEnumerable<Tensor>, VideoRows> look, Action<int>? progress)
    {
        var all = new List<(Tensor, int, IReadOnlyList<long>)>();
        long clips = 0;
        foreach (var (video, path) in paths.Index())
        {
            var seen = parts is null ? Look(path, look) : VideoRows.From(parts.Take(VideoFolder.NameIn(folder, path), path, made, () => Look(path, look).ToPart()));
            long before = clips;
            if (seen.Rows is not null)
                all.Add((seen.Rows, video, [.. seen.Clips.Select(c => before + c)]));
            TooShort += seen.ClipCount == 0 ? 1 : 0;
            Without += seen.Without;
            clips += seen.ClipCount;
            progress?.Invoke(video + 1);
        }
        if (TooShort == paths.Count)
            throw new MetricException(folder, $"none of its {paths.Count} videos has {sampling.Span} frames", "Take shorter clips with --frames or --stride, or give longer videos");
        return all;
    }

    private VideoRows Look(string path, Func<IEnumerable<Tensor>, VideoRows> look)
    {
        int length = ClipReader.Length(path);
        return length < sampling.Span ? VideoRows.TooShort : look(ClipReader.Read(path, sampling.Starts(VideoFolder.NameIn(folder, path), length), sampling));
    }
}
