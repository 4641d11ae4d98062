using Leo.Lab.Motion;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>Everything that a training of the simple diffusion model p(α) depends on.</summary>
public sealed record StartCodeRunSettings
{
    /// <summary>The model's shape.</summary>
    public StartCodeSettings StartCode { get; init; } = StartCodeSettings.Tiny;

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = StartCodeTask.TinyTraining;

    /// <summary>A minute or two on two cores.</summary>
    public static StartCodeRunSettings Tiny => new();

    /// <summary>Minutes on one GPU.</summary>
    public static StartCodeRunSettings Small => new() { StartCode = StartCodeSettings.Small, Training = StartCodeTask.SmallTraining };

    /// <summary>The paper's numbers.</summary>
    public static StartCodeRunSettings Paper => new() { StartCode = StartCodeSettings.Paper, Training = StartCodeTask.PaperTraining };
}
