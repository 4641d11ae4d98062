namespace Leo.Lab.Training;

/// <summary>How a session of training ended.</summary>
/// <param name="Step">Steps finished.</param>
/// <param name="Seconds">Seconds trained over all sessions.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Skipped">Steps left out because a loss or gradient was not finite.</param>
/// <param name="CheckpointPath">The checkpoint that holds this state.</param>
public sealed record TrainingResult(long Step, double Seconds, TrainingEnd Reason, long Skipped, string CheckpointPath);
