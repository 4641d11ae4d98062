namespace Leo.Lab.Training;

/// <summary>Why a session of training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All steps are done.</summary>
    Completed,

    /// <summary>The wall-clock budget is used up.</summary>
    TimeUp,

    /// <summary>It was cancelled (Ctrl-C); the state is saved and can be resumed.</summary>
    Cancelled,
}
