using Leo.Lab.Motion;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>Everything that a training of the motion model depends on.</summary>
public sealed record MotionRunSettings
{
    /// <summary>The model's shape.</summary>
    public MotionSettings Motion { get; init; } = MotionSettings.Tiny;

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = MotionTask.TinyTraining;

    /// <summary>Whether half of the training crops run backwards in time.</summary>
    /// <value>Default false: most human motion has a direction.</value>
    public bool Reverse { get; init; }

    /// <summary>Minutes on two cores.</summary>
    public static MotionRunSettings Tiny => new();

    /// <summary>An hour on one GPU.</summary>
    public static MotionRunSettings Small => new() { Motion = MotionSettings.Small, Training = MotionTask.SmallTraining };

    /// <summary>The paper's numbers.</summary>
    public static MotionRunSettings Paper => new() { Motion = MotionSettings.Paper, Training = MotionTask.PaperTraining };
}
