using Leo.Lab.Metrics.I3d;
using Leo.Lab.Training;

namespace Leo.Lab.Experiments.Extractor;

/// <summary>How <see cref="PuppetI3dNetwork"/> is trained.</summary>
public sealed record ExtractorRecipe : Recipe, IPresets<ExtractorRecipe>
{
    /// <summary>The one size: 4000 steps of 16 + 16 clips, 1e-3 falling to 1e-5 along a cosine.</summary>
    public ExtractorRecipe() => Training = new()
    {
        Steps = 4000,
        BatchSize = 16,
        LearningRate = 1e-3,
        FinalLearningRate = 1e-5,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 100,
        ClipGradNorm = 5,
        EmaRates = [0.995],
        ValidateEvery = 500,
    };

    /// <summary>The network's shape.</summary>
    public PuppetI3dSettings Network { get; init; } = new();

    /// <summary>People of each kind to learn from, a video of each; 1.6 MB of memory for each of both.</summary>
    /// <value>1200</value>
    public int People { get; init; } = 1200;

    /// <summary>Other people of each kind, to validate on.</summary>
    /// <value>64</value>
    public int HeldOutPeople { get; init; } = 64;

    /// <summary>Frames of each video.</summary>
    /// <value>64</value>
    public int VideoFrames { get; init; } = 64;

    /// <summary>Frames of a clip.</summary>
    /// <value>16</value>
    public int Frames { get; init; } = 16;

    /// <summary>Strides of the clips, drawn with equal chance.</summary>
    /// <value>1, 2 and 4</value>
    public IReadOnlyList<int> Strides { get; init; } = [1, 2, 4];

    /// <summary>Share of the clips that are spoilt.</summary>
    /// <value>0.5</value>
    public double Spoilt { get; init; } = 0.5;

    /// <summary>Weight of the error in pose.</summary>
    /// <value>1</value>
    public double PoseWeight { get; init; } = 1;

    /// <summary>Weight of the error in what makes a person.</summary>
    /// <value>0.5</value>
    public double PersonWeight { get; init; } = 0.5;

    /// <summary>Weight of taking one motion for another.</summary>
    /// <value>0.5</value>
    public double PatternWeight { get; init; } = 0.5;

    /// <summary>Weight of the error in how spoilt a clip is; a strength varies by 0.03 where a pose varies by 1.</summary>
    /// <value>30</value>
    public double SpoiltWeight { get; init; } = 30;

    /// <summary>An hour or less on two cores.</summary>
    public static ExtractorRecipe Tiny => new();

    /// <summary>As <see cref="Tiny"/>.</summary>
    public static ExtractorRecipe Small => new();

    /// <summary>As <see cref="Tiny"/>; the paper has no such network.</summary>
    public static ExtractorRecipe Paper => new();

    internal override string ModelKey => "network";

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public override void Validate()
    {
        Network.Validate();
        Training.Validate();
        var faults = new SettingsFaults()
            .AtLeast(People, 2)
            .AtLeast(HeldOutPeople, 2)
            .Between(Frames, 4, 128)
            .Require(Strides is { Count: > 0 } && Strides.All(s => s >= 1), nameof(Strides), "numbers of at least 1", $"[{string.Join(", ", Strides ?? [])}]")
            .Between(Spoilt, 0, 1)
            .Between(PoseWeight, 0, 1e6).Between(PersonWeight, 0, 1e6).Between(PatternWeight, 0, 1e6).Between(SpoiltWeight, 0, 1e6)
            .Require(PoseWeight + PersonWeight + PatternWeight + SpoiltWeight > 0, nameof(PoseWeight), "above 0, or another weight", "all 0");
        if (Strides is { Count: > 0 })
            faults.Between(VideoFrames, ((Frames - 1) * Strides.Max()) + 1, 1024);
        faults.Throw("extractor training settings");
    }
}
