namespace Leo.Lab.Experiments;

/// <summary>Motion of one person put on another.</summary>
public sealed record TransferScore
{
    /// <summary>R² between the driver's true change of pose and the one probed from the <i>generated</i> frames' own codes. Null where the truth is not known.</summary>
    public double? PoseR2 { get; init; }

    /// <summary>Share of generated frames whose palette is nearest to the source person's among all held-out people.</summary>
    public double? IdentityKept { get; init; }

    /// <summary>Pairs of people judged.</summary>
    public int Pairs { get; init; }
}
