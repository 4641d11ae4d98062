using Leo.Lab.Training;

namespace Leo.Lab.StartFrames;

/// <summary>Everything that a training of the starting frames' model depends on (LEO §3.3, Option 2).</summary>
public sealed record StartFrameRecipe : Recipe, IPresets<StartFrameRecipe>
{
    /// <summary><see cref="Tiny"/>.</summary>
    public StartFrameRecipe() => Training = new()
    {
        Steps = 8000,
        BatchSize = 16,
        LearningRate = 1e-3,
        FinalLearningRate = 2e-5,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 200,
        ClipGradNorm = 1,
        EmaRates = [0.998],
        LogEvery = 50,
        ValidateEvery = 1000,
        SampleEvery = 1000,
    };

    /// <summary>The model's shape.</summary>
    public StartFrameSettings StartFrame { get; init; } = StartFrameSettings.Tiny;

    /// <summary>About an hour on two cores.</summary>
    public static StartFrameRecipe Tiny => new();

    /// <summary>A day on one GPU.</summary>
    public static StartFrameRecipe Small => new()
    {
        StartFrame = StartFrameSettings.Small,
        Training = new()
        {
            Steps = 200_000,
            BatchSize = 64,
            LearningRate = 1e-4,
            ClipGradNorm = 1,
            EmaRates = [0.9999],
            LogEvery = 100,
            ValidateEvery = 5000,
            SampleEvery = 5000,
            CheckpointEvery = 5000,
        },
    };

    /// <summary>Improved-diffusion's numbers at the paper's size: for its LSUN model batches of 128, 2e-5, an average at 0.9999. The paper names none.</summary>
    public static StartFrameRecipe Paper => new()
    {
        StartFrame = StartFrameSettings.Paper,
        Training = Small.Training with { Steps = 500_000, BatchSize = 128, LearningRate = 2e-5 },
    };

    internal override string ModelKey => "startFrame";

    /// <inheritdoc/>
    public override void Validate() => new SettingsFaults().Include(StartFrame.Validate).Include(Training.Validate).Throw("start-frame training settings");
}
