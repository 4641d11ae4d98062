namespace Leo.Lab.Data;

/// <summary>Which pairs <see cref="FramePairSampler"/> draws.</summary>
public sealed record FramePairOptions
{
    /// <summary>Largest distance in frames between source and driving, ≥ 1; null for any two frames of the video.</summary>
    /// <value>Default null, as LIA §4 trains.</value>
    public int? MaxDistance { get; init; }

    /// <summary>Mirrors half of the pairs, both frames alike. Faces bear it; left and right arms are told apart no more.</summary>
    /// <value>Default false.</value>
    public bool Flip { get; init; }

    /// <summary>
    /// Strength of the colour jitter, both frames of a pair alike (<see cref="ColourJitter"/>): brightness, contrast and saturation times
    /// 1 ± this, hue turned by ± this share of the circle; 0 to 0.5. LIA takes 0.1 for TaichiHD and TED.
    /// </summary>
    /// <value>Default 0, none.</value>
    public double Jitter { get; init; }
}
