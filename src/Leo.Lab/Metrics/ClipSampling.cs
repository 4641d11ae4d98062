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
