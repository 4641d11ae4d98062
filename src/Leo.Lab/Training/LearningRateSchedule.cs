namespace Leo.Lab.Training;

/// <summary>How the learning rate falls after its warm-up.</summary>
public enum LearningRateSchedule
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>Along half a cosine to <see cref="TrainingSettings.FinalLearningRate"/> at the end of the budget.</summary>
    Cosine,
}
