using Leo.Lab.Data;
using Leo.Lab.Distributed;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Which frames of a video are looked at.</summary>
public sealed record ClipSampling
{
    /// <summary>Frames of a clip.</summary>
    public required int Frames { get; init; }

    /// <summary>Every how many frames of the video one is taken.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Clips of each video.</summary>
    public int ClipsPerVideo { get; init; } = 1;

    /// <summary>Whether clips begin at a random frame, as published programs do with real videos, or at the first, as with generated ones.</summary>
    public bool RandomStart { get; init; } = true;

    /// <summary>What starts are drawn from, together with the video's name.</summary>
    public long Seed { get; init; }

    /// <summary>Frames of a video that a clip spans.</summary>
    public int Span => ((Frames - 1) * Stride) + 1;

    /// <summary>First frames of a video's clips, in order.</summary>
    /// <param name="video">The video's name in its folder: its draw does not depend on the others.</param>
    /// <param name="length">Frames it has; at least <see cref="Span"/>.</param>
    public IReadOnlyList<int> Starts(string video, int length)
    {
        int last = length - Span;
        ArgumentOutOfRangeException.ThrowIfNegative(last, nameof(length));
        if (!RandomStart)
        {
            // Spread evenly, and each only once.
            int count = Math.Min(ClipsPerVideo, last + 1);
            return [.. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * last / (count - 1)))];
        }
        var random = new Random((int)(Seeds.Derive(Seed, "clip/" + video) & int.MaxValue));
        var starts = new SortedSet<int>();
        while (starts.Count < Math.Min(ClipsPerVideo, last + 1))
            starts.Add(random.Next(last + 1));
        return [.. starts];
    }
}

/// <summary>Decodes the clips of a video in one pass, holding only those that overlap, however long the video.</summary>
internal static class ClipReader
{
    /// <summary>Frames of a video: what its header says, else counted.</summary>
    /// <exception cref="MediaException">The video cannot be read.</exception>
    internal static int Length(string path)
    {
        if (VideoReader.Probe(path).FrameCount is { } known)
            return known;
        using var stream = FrameStream.Open(path);
        byte[] frame = [];
        while (stream.Read(ref frame))
        {
            // Only decoding tells the length.
        }
        return stream.Count;
    }

    /// <summary>The clips, each [T, 3, H, W] of bytes; disposed of by the caller.</summary>
    /// <param name="path">The video.</param>
    /// <param name="starts">First frames, ascending.</param>
    /// <param name="sampling">Frames and stride of a clip.</param>
    /// <exception cref="MediaException">The video cannot be read, or ends before its header says.</exception>
    internal static IEnumerable<Tensor> Read(string path, IReadOnlyList<int> starts, ClipSampling sampling)
    {
        using var stream = FrameStream.Open(path, new VideoReadOptions { MaxFrames = starts[^1] + sampling.Span });
        var open = new Queue<(int Start, byte[] Clip)>();
        byte[] frame = [];
        int next = 0, done = 0;
        while (done < starts.Count && stream.Read(ref frame))
        {
            int at = stream.Count - 1, size = stream.Width * stream.Height * 3;
            if (next < starts.Count && starts[next] == at)
                open.Enqueue((starts[next++], new byte[checked(size * sampling.Frames)]));
            foreach (var (start, clip) in open)
            {
                if ((at - start) % sampling.Stride == 0)
                    frame.AsSpan(0, size).CopyTo(clip.AsSpan((at - start) / sampling.Stride * size));
            }
            if (open.TryPeek(out var oldest) && at - oldest.Start == sampling.Span - 1)
            {
                done++;
                yield return tensor(open.Dequeue().Clip, [sampling.Frames, stream.Height, stream.Width, 3]).permute(0, 3, 1, 2);
            }
        }
        if (done < starts.Count)
            throw new MediaException(path, $"ends after {stream.Count} frames, before its header says", "Copy or download it again");
    }
}

/// <summary>Looks at the videos of a folder one after the other and joins what was seen.</summary>
/// <param name="folder">Where they are, for their names.</param>
/// <param name="paths">The videos.</param>
/// <param name="sampling">Which frames.</param>
/// <param name="made">How rows are made.</param>
/// <param name="parts">Keeps rows of single videos; null keeps none.</param>
/// <param name="team">Processes that divide the videos; all get all rows.</param>
internal sealed class ClipWalk(string folder, IReadOnlyList<string> paths, ClipSampling sampling, IReadOnlyDictionary<string, string> made, ExtractionParts? parts, Team team)
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
        var theirs = team.IsShared ? team.Divide(paths.Count, video => Rows(paths[video], look).ToPart().ToBytes(), progress) : null;
        foreach (var (video, path) in paths.Index())
        {
            var seen = theirs is null ? Rows(path, look) : VideoRows.From(ExtractionPart.From(theirs[video]));
            long before = clips;
            if (seen.Rows is not null)
                all.Add((seen.Rows, video, [.. seen.Clips.Select(c => before + c)]));
            TooShort += seen.ClipCount == 0 ? 1 : 0;
            Without += seen.Without;
            clips += seen.ClipCount;
            if (theirs is null)
                progress?.Invoke(video + 1);
        }
        if (TooShort == paths.Count)
            throw new MetricException(folder, $"none of its {paths.Count} videos has {sampling.Span} frames", "Take shorter clips with --frames or --stride, or give longer videos");
        return all;
    }

    private VideoRows Rows(string path, Func<IEnumerable<Tensor>, VideoRows> look) => parts is null
        ? Look(path, look)
        : VideoRows.From(parts.Take(VideoFolder.NameIn(folder, path), path, made, () => Look(path, look).ToPart()));

    private VideoRows Look(string path, Func<IEnumerable<Tensor>, VideoRows> look)
    {
        int length = ClipReader.Length(path);
        return length < sampling.Span ? VideoRows.TooShort : look(ClipReader.Read(path, sampling.Starts(VideoFolder.NameIn(folder, path), length), sampling));
    }
}
