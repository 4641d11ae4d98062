using Leo.Lab.Motion.Recurrent;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>Everything that a training of the recurrent prior depends on. It has one size: it is a rival, not a part of LEO.</summary>
public sealed record RecurrentRunSettings
{
    /// <summary>The model's shape.</summary>
    public RecurrentSettings Recurrent { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = RecurrentTask.TinyTraining;
}
