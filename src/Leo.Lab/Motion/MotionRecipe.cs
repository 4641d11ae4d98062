using Leo.Lab.Training;

namespace Leo.Lab.Motion;

/// <summary>Everything that a training of the motion model depends on (LEO §3.2).</summary>
public sealed record MotionRecipe : Recipe, IPresets<MotionRecipe>
{
    /// <summary>The smallest recipe, with the paper's data: <see cref="Tiny"/> without wrong starts.</summary>
    public MotionRecipe() => Training = TinyTraining;

    /// <summary>The model's shape.</summary>
    public MotionSettings Motion { get; init; } = MotionSettings.Tiny;

    /// <summary>Whether half of the training crops run backwards in time.</summary>
    /// <value>false: most human motion has a direction.</value>
    public bool Reverse { get; init; }

    /// <summary>
    /// Strength of the training's wrong starts (<see cref="WrongStart"/>), in units of the motion's scale, 0 to 2. Without them long motion drifts: see
    /// checkpoints/README.md. Not in the paper. A model without the Linear Motion Condition has no start that could be wrong.
    /// </summary>
    /// <value>0, the paper's; 0.5 in Tiny and Small.</value>
    public double StartShift { get; init; }

    /// <summary>Minutes on two cores.</summary>
    public static MotionRecipe Tiny => new() { StartShift = 0.5 };

    /// <summary>An hour on one GPU.</summary>
    public static MotionRecipe Small => new() { StartShift = 0.5, Motion = MotionSettings.Small, Training = SmallTraining };

    /// <summary>The paper's learning rate, 1e-4 (LEO §4); it names neither batch nor steps, these and the average's rate are improved-diffusion's.</summary>
    public static MotionRecipe Paper => new() { Motion = MotionSettings.Paper, Training = PaperTraining };

    internal override string ModelKey => "motion";

    // The Transition DM is trained alike.
    internal static TrainingSettings TinyTraining => new()
    {
        Steps = 6000,
        BatchSize = 32,
        LearningRate = 1e-3,
        FinalLearningRate = 1e-5,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 100,
        ClipGradNorm = 1,
        EmaRates = [0.995],
        LogEvery = 100,
        ValidateEvery = 1000,
        SampleEvery = 2000,
    };

    internal static TrainingSettings SmallTraining => new()
    {
        Steps = 50_000,
        BatchSize = 64,
        LearningRate = 2e-4,
        ClipGradNorm = 1,
        EmaRates = [0.999],
        LogEvery = 100,
        ValidateEvery = 2500,
        SampleEvery = 5000,
        CheckpointEvery = 5000,
    };

    internal static TrainingSettings PaperTraining => new()
    {
        Steps = 200_000,
        BatchSize = 128,
        LearningRate = 1e-4,
        EmaRates = [0.9999],
        LogEvery = 100,
        ValidateEvery = 5000,
        SampleEvery = 10_000,
        CheckpointEvery = 10_000,
    };

    /// <summary>This recipe for the videos that there are: where none is as long as a sequence and its tail, sequences are as long as the longest video allows, without tails.</summary>
    /// <param name="codes">Codes of the videos.</param>
    public MotionRecipe Fitting(CodeSequences codes)
    {
        int longest = codes.Videos.Max(v => v.Frames), multiple = 1 << (Motion.Network.ChannelMult.Count - 1);
        return longest >= Motion.Whole || longest < multiple ? this : this with { Motion = Motion with { Length = longest / multiple * multiple, Tail = 0 } };
    }

    /// <inheritdoc/>
    public override void Validate() =>
        new SettingsFaults().Include(Motion.Validate).Include(Training.Validate).Between(StartShift, 0, 2).Throw("motion training settings");
}
