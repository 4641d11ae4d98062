using Leo.Lab.Training;

namespace Leo.Lab.Motion;

/// <summary>Everything that a training of the simple diffusion model p(α) depends on (LEO §3.2).</summary>
public sealed record StartCodeRecipe : Recipe, IPresets<StartCodeRecipe>
{
    /// <summary><see cref="Tiny"/>.</summary>
    public StartCodeRecipe() => Training = TinyTraining;

    /// <summary>The model's shape.</summary>
    public StartCodeSettings StartCode { get; init; } = StartCodeSettings.Tiny;

    /// <summary>A minute or two on two cores.</summary>
    public static StartCodeRecipe Tiny => new();

    /// <summary>Minutes on one GPU.</summary>
    public static StartCodeRecipe Small => new() { StartCode = StartCodeSettings.Small, Training = TinyTraining with { Steps = 20_000, BatchSize = 512, ValidateEvery = 5000 } };

    /// <summary>The paper's learning rate, 1e-4; it names nothing else.</summary>
    public static StartCodeRecipe Paper => new()
    {
        StartCode = StartCodeSettings.Paper,
        Training = new()
        {
            Steps = 100_000,
            BatchSize = 512,
            LearningRate = 1e-4,
            EmaRates = [0.9999],
            LogEvery = 100,
            ValidateEvery = 5000,
            CheckpointEvery = 10_000,
        },
    };

    internal override string ModelKey => "startCode";

    private static TrainingSettings TinyTraining => new()
    {
        Steps = 4000,
        BatchSize = 256,
        LearningRate = 1e-3,
        FinalLearningRate = 1e-5,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 100,
        ClipGradNorm = 1,
        EmaRates = [0.995],
        LogEvery = 200,
        ValidateEvery = 1000,
    };

    /// <inheritdoc/>
    public override void Validate() => new SettingsFaults().Include(StartCode.Validate).Include(Training.Validate).Throw("start-code training settings");
}
