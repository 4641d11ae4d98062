namespace Leo.Lab.Training;

/// <summary>Where a run stands after a step.</summary>
/// <param name="Step">Steps finished.</param>
/// <param name="Steps">Steps asked for.</param>
/// <param name="Progress">Part of the budget used, by steps or time, whichever is further; 0 to 1.</param>
/// <param name="Elapsed">Time trained over all sessions of the run.</param>
/// <param name="StepsPerSecond">Rate of this session; 0 at first.</param>
/// <param name="Remaining">Estimate of the time to the end of the budget.</param>
public readonly record struct TrainingTick(long Step, long Steps, double Progress, TimeSpan Elapsed, double StepsPerSecond, TimeSpan Remaining);
