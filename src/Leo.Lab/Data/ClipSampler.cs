using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>
/// Draws sequences of L frames at a fixed stride: videos evenly among those long enough, starts evenly within the video. The
/// generator's state alone is the position in the data.
/// </summary>
public sealed class ClipSampler
{
    private const int Draws = 3; // video, start, flip
    private readonly ClipStore _store;
    private readonly int _batchSize;
    private readonly Generator _generator;
    private readonly bool _flip;
    private readonly int[] _videos;
    private (int Video, int Start)[] _drawn = [];

    /// <summary>Prepares drawing; store and generator stay the caller's.</summary>
    /// <param name="store">The videos.</param>
    /// <param name="batchSize">Clips a batch, B ≥ 1.</param>
    /// <param name="length">Frames a clip, L ≥ 1.</param>
    /// <param name="stride">Step between a clip's frames, ≥ 1.</param>
    /// <param name="generator">The only source of randomness, on the CPU.</param>
    /// <param name="flip">Mirrors half of the clips.<value>Default false.</value></param>
    /// <exception cref="DataException">No video is long enough.</exception>
    public ClipSampler(ClipStore store, int batchSize, int length, int stride, Generator generator, bool flip = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        (_store, _batchSize, _generator, _flip) = (store, batchSize, generator, flip);
        (Length, Stride) = (length, stride);
        long needed = Needed;
        _videos = [.. Enumerable.Range(0, store.Count).Where(i => store.FrameCount(i) >= needed)];
        Skipped = [.. Enumerable.Range(0, store.Count).Except(_videos)];
        if (_videos.Length == 0)
        {
            int longest = Skipped.MaxBy(store.FrameCount);
            throw new DataException(
                store.Path(longest), $"{store.FrameCount(longest)} frames, the most of {store.Count} videos, while a clip takes {needed}",
                "Choose a shorter length or stride, or give longer videos");
        }
    }

    /// <summary>Frames a clip, L.</summary>
    public int Length { get; }

    /// <summary>Step between a clip's frames.</summary>
    public int Stride { get; }

    /// <summary>Indices of the videos that are too short and never drawn.</summary>
    public IReadOnlyList<int> Skipped { get; }

    /// <summary>Names of the clips of the last batch.</summary>
    public IEnumerable<string> Drawn
    {
        get
        {
            var last = _drawn;
            return last.Select(d => Length == 1 ? $"{_store.Path(d.Video)} frame {d.Start}" : $"{_store.Path(d.Video)} frames {d.Start}–{d.Start + ((Length - 1) * Stride)}");
        }
    }

    private long Needed => ((Length - 1L) * Stride) + 1;

    /// <summary>The next batch, [B, L, 3, S, S] in [-1, 1], owned by the current dispose scope.</summary>
    public Tensor Next() => Next(_generator);

    /// <summary>As the other, drawn from another generator.</summary>
    internal Tensor Next(Generator generator)
    {
        var clips = empty([_batchSize, Length, 3, _store.Size, _store.Size], dtype: ScalarType.Float32);
        var floats = FrameTensors.Floats(clips);
        double[] draws = RandomDraws.Uniform(generator, _batchSize * Draws);
        var batch = new (int, int)[_batchSize];
        for (int i = 0; i < _batchSize; i++)
        {
            var draw = draws.AsSpan(i * Draws, Draws);
            int video = _videos[RandomDraws.Index(draw[0], _videos.Length)];
            int start = RandomDraws.Index(draw[1], (int)(_store.FrameCount(video) - Needed + 1));
            batch[i] = (video, start);
            for (int l = 0; l < Length; l++)
                _store.CopyTo(video, start + (l * Stride), floats, (i * Length) + l, _flip && draw[2] < 0.5);
        }

        _drawn = batch;
        return clips;
    }
}

/// <summary>Uniform numbers from a generator, many at a time.</summary>
internal static class RandomDraws
{
    /// <summary><paramref name="count"/> numbers in [0, 1).</summary>
    public static double[] Uniform(Generator generator, int count)
    {
        using var numbers = rand(count, dtype: ScalarType.Float64, generator: generator);
        return MemoryMarshal.Cast<byte, double>(numbers.bytes).ToArray();
    }

    /// <summary>A number in [0, 1) as an index below <paramref name="count"/>.</summary>
    public static int Index(double draw, int count) => Math.Min((int)(draw * count), count - 1);
}
