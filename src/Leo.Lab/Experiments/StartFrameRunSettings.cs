using Leo.Lab.StartFrames;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments;

/// <summary>Everything that a training of the starting frames' model depends on.</summary>
public sealed record StartFrameRunSettings
{
    /// <summary>The model's shape.</summary>
    public StartFrameSettings StartFrame { get; init; } = StartFrameSettings.Tiny;

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = StartFrameTask.TinyTraining;

    /// <summary>About an hour on two cores.</summary>
    public static StartFrameRunSettings Tiny => new();

    /// <summary>A day on one GPU.</summary>
    public static StartFrameRunSettings Small => new() { StartFrame = StartFrameSettings.Small, Training = StartFrameTask.SmallTraining };

    /// <summary>Improved-diffusion's numbers at the paper's size.</summary>
    public static StartFrameRunSettings Paper => new() { StartFrame = StartFrameSettings.Paper, Training = StartFrameTask.PaperTraining };
}
