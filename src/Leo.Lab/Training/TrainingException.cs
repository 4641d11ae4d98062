namespace Leo.Lab.Training;

/// <summary>A run that cannot start or go on.</summary>
public class TrainingException(string run, string problem, string advice, Exception? inner = null)
    : LeoException(run, problem, advice, inner);
