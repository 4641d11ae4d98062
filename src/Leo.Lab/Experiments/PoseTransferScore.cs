namespace Leo.Lab.Experiments;

/// <summary>
/// Motion of one puppet put on another, where the truth is known: the mean distance between the landmarks of the generated
/// person and those that the person truly has in that pose, in pixels of a 64-pixel frame.
/// </summary>
public sealed record PoseTransferScore
{
    /// <summary>Relative transfer: the person's own first pose, changed as the driver's changes.</summary>
    public required double RelativePx { get; init; }

    /// <summary>The same of the source frame itself, in which nothing moves: what doing nothing costs.</summary>
    public required double RelativeStillPx { get; init; }

    /// <summary>Absolute transfer: the driver's pose with the person's own proportions.</summary>
    public required double AbsolutePx { get; init; }

    /// <summary>The same of the source frame itself.</summary>
    public required double AbsoluteStillPx { get; init; }

    /// <summary>The error of reading landmarks (<see cref="PoseFit"/>), measured on the drivers' real frames.</summary>
    public required double ReadingPx { get; init; }

    /// <summary>Pairs of people judged.</summary>
    public required int Pairs { get; init; }

    /// <summary>Frames of each pair judged.</summary>
    public required int FramesPerPair { get; init; }
}
