namespace Leo.Lab.Experiments;

/// <summary>Whether a long sampled video stays what it was at the start.</summary>
public sealed record LongVideoScore
{
    /// <summary>Frames sampled.</summary>
    public required int Frames { get; init; }

    /// <summary>
    /// How much the colours of person and background drift: total variation between the mean palettes of the first 32 and the last 32
    /// frames (<see cref="ColourPalette.Drift"/>). 0 is none, 1 another picture altogether.
    /// </summary>
    public required double IdentityDrift { get; init; }

    /// <summary>The same number for real held-out videos (mean): what motion alone makes of it.</summary>
    public required double IdentityDriftReal { get; init; }

    /// <summary>Share of the last 32 frames whose palette is nearest to the source person's among all held-out people.</summary>
    public required double? IdentityKept { get; init; }

    /// <summary>Mean absolute difference between neighbouring frames of the last 64; a video that froze has next to none.</summary>
    public required double MotionAtEnd { get; init; }
}
