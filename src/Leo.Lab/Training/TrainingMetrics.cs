namespace Leo.Lab.Training;

/// <summary>One line of <c>metrics.jsonl</c>.</summary>
public sealed record TrainingMetrics
{
    /// <summary>Steps finished.</summary>
    public required long Step { get; init; }

    /// <summary>Seconds trained over all sessions of the run.</summary>
    public required double Seconds { get; init; }

    /// <summary>Learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Steps left out so far because a loss or gradient was not finite.</summary>
    public required long Skipped { get; init; }

    /// <summary>Means over the interval: what the task reports, <c>loss.PHASE</c> and <c>gradNorm.PHASE</c>; validation under <c>validation.*</c>. Values that are not finite are left out.</summary>
    public required IReadOnlyDictionary<string, double> Scalars { get; init; }
}
