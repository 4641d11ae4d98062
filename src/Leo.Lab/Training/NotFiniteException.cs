namespace Leo.Lab.Training;

/// <summary>A run that was given up because its numbers are no longer finite; the last checkpoint on the disk is intact.</summary>
public sealed class NotFiniteException(string run, string problem, string advice) : TrainingException(run, problem, advice);
