namespace Leo.Lab.Metrics.KeyPoints;

/// <summary>
/// AKD and MKR, average key-point distance and missing key-point rate (Siarohin et al. 2019, "First Order Motion Model for Image Animation", §4), as the
/// authors' programs count (AliaksandrSiarohin/pose-evaluation, <c>cmp_kp.py</c> and <c>cmp_with_missing.py</c>): of a frame, the mean of |real − generated|
/// over the <em>coordinates</em> of all points that were found in both, so |Δx| and |Δy| each for itself; then the mean over frames with such a point. Of a
/// frame with real points, the share of these that was not found in the generated one; then the mean over such frames.
/// </summary>
public sealed class KeyPointMeter
{
    private double _coordinates, _straight, _missing;
    private long _judged, _real, _without;

    /// <summary>Adds a frame.</summary>
    /// <param name="real">The real frame's points, null where not found.</param>
    /// <param name="generated">As many of the generated frame.</param>
    /// <exception cref="MetricException">Not as many.</exception>
    public void Add(IReadOnlyList<KeyPoint?> real, IReadOnlyList<KeyPoint?> generated)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        if (real.Count != generated.Count)
            throw new MetricException("key points", $"expected {real.Count} of the generated frame, as of the real one, found {generated.Count}", "Use one network for both");
        var (found, both) = (0, 0);
        double coordinates = 0, straight = 0;
        for (int i = 0; i < real.Count; i++)
        {
            if (real[i] is not { } truth)
                continue;
            found++;
            if (generated[i] is not { } made)
                continue;
            both++;
            coordinates += (Math.Abs(made.X - truth.X) + Math.Abs(made.Y - truth.Y)) / 2;
            straight += double.Hypot(made.X - truth.X, made.Y - truth.Y);
        }
        if (found == 0)
        {
            _without++;
            return;
        }
        _real++;
        _missing += (found - both) / (double)found;
        if (both > 0)
            (_coordinates, _straight, _judged) = (_coordinates + (coordinates / both), _straight + (straight / both), _judged + 1);
    }

    /// <summary>The numbers so far; NaN where there is nothing to judge.</summary>
    /// <param name="name">Whose key points these are.</param>
    public KeyPointScore Score(string name) => new()
    {
        Name = name,
        Akd = _coordinates / _judged,
        AkdStraight = _straight / _judged,
        Mkr = _missing / _real,
        Frames = _real,
        FramesWithout = _without,
    };
}

/// <summary>How far key points of generated frames are from those of the real ones, and how many got lost.</summary>
public sealed record KeyPointScore
{
    /// <summary>Whose key points.</summary>
    public required string Name { get; init; }

    /// <summary>Average key-point distance as published, in pixels of the frames: mean of |Δx| and |Δy|. NaN where no point was found in both.</summary>
    public required double Akd { get; init; }

    /// <summary>The same with the straight distance, √(Δx² + Δy²).</summary>
    public required double AkdStraight { get; init; }

    /// <summary>Missing key-point rate, 0 to 1; NaN where no real frame has a point.</summary>
    public required double Mkr { get; init; }

    /// <summary>Real frames with a key point.</summary>
    public required long Frames { get; init; }

    /// <summary>Real frames without any, which are not judged.</summary>
    public required long FramesWithout { get; init; }
}
