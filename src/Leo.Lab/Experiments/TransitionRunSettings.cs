using Leo.Lab.Motion;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>Everything that a training of the Transition DM depends on.</summary>
public sealed record TransitionRunSettings
{
    /// <summary>The model's shape.</summary>
    public TransitionSettings Transition { get; init; } = TransitionSettings.Tiny;

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = MotionTask.TinyTraining;

    /// <summary>Minutes on two cores.</summary>
    public static TransitionRunSettings Tiny => new();

    /// <summary>An hour on one GPU.</summary>
    public static TransitionRunSettings Small => new() { Transition = TransitionSettings.Small, Training = MotionTask.SmallTraining };

    /// <summary>The motion model's numbers; the paper gives none for this model.</summary>
    public static TransitionRunSettings Paper => new() { Transition = TransitionSettings.Paper, Training = MotionTask.PaperTraining };
}
