using Leo.Lab.Training;

namespace Leo.Lab.Motion.Recurrent;

/// <summary>Everything that a training of the recurrent prior depends on. It has one size: it is a rival, not a part of LEO.</summary>
public sealed record RecurrentRecipe : Recipe, IPresets<RecurrentRecipe>
{
    /// <summary>The one size.</summary>
    public RecurrentRecipe() => Training = new()
    {
        Steps = 3000,
        BatchSize = 32,
        LearningRate = 2e-3,
        FinalLearningRate = 2e-5,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 100,
        ClipGradNorm = 1,
        EmaRates = [0.99],
        LogEvery = 100,
        ValidateEvery = 1000,
        SampleEvery = 0,
    };

    /// <summary>The model's shape.</summary>
    public RecurrentSettings Recurrent { get; init; } = new();

    /// <summary>A minute or two on one core.</summary>
    public static RecurrentRecipe Tiny => new();

    /// <summary>As <see cref="Tiny"/>.</summary>
    public static RecurrentRecipe Small => new();

    /// <summary>As <see cref="Tiny"/>; the paper compares with published weights.</summary>
    public static RecurrentRecipe Paper => new();

    internal override string ModelKey => "recurrent";

    /// <inheritdoc/>
    public override void Validate() => new SettingsFaults().Include(Recurrent.Validate).Include(Training.Validate).Throw("recurrent training settings");
}
