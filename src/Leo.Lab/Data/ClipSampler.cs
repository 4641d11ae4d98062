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
    private readonly ClipStore store;
    private readonly int batchSize;
    private readonly Generator generator;
    private readonly bool flip;
    private readonly int[] videos;
    private (int Video, int Start)[] drawn = [];

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
        (this.store, this.batchSize, this.generator, this.flip) = (store, batchSize, generator, flip);
        (Length, Stride) = (length, stride);
        var needed = Needed;
        videos = [.. Enumerable.Range(0, store.Count).Where(i => store.FrameCount(i) >= needed)];
        Skipped = [.. Enumerable.Range(0, store.Count).Except(videos)];
        if (videos.Length == 0)
        {
            var longest = Skipped.MaxBy(store.FrameCount);
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
            var last = drawn;
            return last.Select(d => Length == 1 ? $"{store.Path(d.Video)} frame {d.Start}" : $"{store.Path(d.Video)} frames {d.Start}–{d.Start + ((Length - 1) * Stride)}");
        }
    }

    private long Needed => ((Length - 1L) * Stride) + 1;

    /// <summary>The next batch, [B, L, 3, S, S] in [-1, 1], owned by the current dispose scope.</summary>
    public Tensor Next()
    {
        var clips = empty([batchSize, Length, 3, store.Size, store.Size], dtype: ScalarType.Float32);
        var floats = FrameTensors.Floats(clips);
        var draws = RandomDraws.Uniform(generator, batchSize * Draws);
        var batch = new (int, int)[batchSize];
        for (var i = 0; i < batchSize; i++)
        {
            var draw = draws.AsSpan(i * Draws, Draws);
            var video = videos[RandomDraws.Index(draw[0], videos.Length)];
            var start = RandomDraws.Index(draw[1], (int)(store.FrameCount(video) - Needed + 1));
            batch[i] = (video, start);
            for (var l = 0; l < Length; l++)
                store.CopyTo(video, start + (l * Stride), floats, (i * Length) + l, flip && draw[2] < 0.5);
        }

        drawn = batch;
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
