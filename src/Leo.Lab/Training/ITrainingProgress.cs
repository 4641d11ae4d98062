namespace Leo.Lab.Training;

/// <summary>Where a run tells how it goes: a progress bar, plain lines, a notebook. Calls come from the training thread.</summary>
public interface ITrainingProgress
{
    /// <summary>The run begins, or goes on, at <paramref name="step"/>.</summary>
    void Begin(long step, TrainingSettings settings);

    /// <summary>A step ended; called at every one, so it must be cheap.</summary>
    void Step(in TrainingTick tick);

    /// <summary>A line of <c>metrics.jsonl</c> was written.</summary>
    void Metrics(TrainingMetrics metrics);

    /// <summary>Something to know: a checkpoint written, samples made, a broken checkpoint left out.</summary>
    void Note(string text);

    /// <summary>The run ended.</summary>
    void End(TrainingResult result);
}
