namespace Leo.Lab.Training;

/// <summary>The loop's own counters; in the header of training checkpoints.</summary>
internal sealed record LoopState
{
    /// <summary>Key in the header.</summary>
    internal const string Key = "loop";

    /// <summary>Steps finished.</summary>
    public long Step { get; init; }

    /// <summary>Seconds trained.</summary>
    public double Seconds { get; init; }

    /// <summary>Steps left out.</summary>
    public long Skipped { get; init; }

    /// <summary>Steps left out without a good one since.</summary>
    public int SkippedInARow { get; init; }

    /// <summary>Updates of the averages.</summary>
    public long EmaUpdates { get; init; }

    /// <summary>Sum and count of each scalar since the last line of the log, so that a resumed run's next line is the mean of the whole interval.</summary>
    public SortedDictionary<string, double[]> Means { get; init; } = [];
}
