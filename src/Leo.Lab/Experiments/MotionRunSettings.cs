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

    /// <summary>
    /// Strength of the training's wrong starts (<see cref="WrongStart"/>), in units of the motion's scale, 0 to 2. Without them long motion drifts: see
    /// checkpoints/README.md. Not in the paper.
    /// </summary>
    /// <value>0, the paper's; 0.5 in Tiny and Small.</value>
    public double StartShift { get; init; }

    /// <summary>Minutes on two cores.</summary>
    public static MotionRunSettings Tiny => new() { StartShift = 0.5 };

    /// <summary>An hour on one GPU.</summary>
    public static MotionRunSettings Small => new() { StartShift = 0.5, Motion = MotionSettings.Small, Training = MotionTask.SmallTraining };

    /// <summary>The paper's numbers.</summary>
    public static MotionRunSettings Paper => new() { Motion = MotionSettings.Paper, Training = MotionTask.PaperTraining };

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void Validate() =>
        new SettingsFaults().Include(Motion.Validate).Include(Training.Validate).Between(StartShift, 0, 2).Throw("motion training settings");
}
