namespace Leo.Lab.Training;

/// <summary>The learning rate at each point of a run.</summary>
public static class LearningRates
{
    /// <summary>Rate of the step that follows <paramref name="step"/> finished ones: warm-up times schedule.</summary>
    /// <param name="settings">Peak, floor, shape, warm-up.</param>
    /// <param name="step">Steps finished, from 0.</param>
    /// <param name="progress">Part of the budget used, 0 to 1.</param>
    public static double At(TrainingSettings settings, long step, double progress)
    {
        ArgumentNullException.ThrowIfNull(settings);
        double warm = settings.WarmupSteps > 0 ? Math.Min(1, (step + 1.0) / settings.WarmupSteps) : 1;
        double fall = settings.Schedule == LearningRateSchedule.Cosine ? (1 + Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))) / 2 : 1;
        return warm * (settings.FinalLearningRate + ((settings.LearningRate - settings.FinalLearningRate) * fall));
    }

    /// <summary>Part of the budget used by steps or by time, whichever is further, 0 to 1.</summary>
    public static double Progress(TrainingSettings settings, long step, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        double bySteps = (double)step / settings.Steps;
        double byTime = settings.MaxMinutes is { } minutes ? elapsed.TotalMinutes / minutes : 0;
        return Math.Clamp(Math.Max(bySteps, byTime), 0, 1);
    }
}
