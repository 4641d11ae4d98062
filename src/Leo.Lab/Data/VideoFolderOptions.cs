namespace Leo.Lab.Data;

/// <summary>How <see cref="VideoFolder"/> splits videos for which the folder itself says nothing.</summary>
public sealed record VideoFolderOptions
{
    /// <summary>Share of the videos that is held out, above 0 and below 1; at least one of two or more.</summary>
    /// <value>Default 0.15.</value>
    public double TestFraction { get; init; } = 0.15;

    /// <summary>Which videos are held out: the same seed and names give the same split on every machine.</summary>
    /// <value>Default 0.</value>
    public long Seed { get; init; }
}
