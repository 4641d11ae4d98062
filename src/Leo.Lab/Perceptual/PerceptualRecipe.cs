using Leo.Lab.Training;

namespace Leo.Lab.Perceptual;

/// <summary>How <see cref="PuppetFeatures"/> are trained.</summary>
public sealed record PerceptualRecipe : Recipe, IPresets<PerceptualRecipe>
{
    /// <summary>The one size: 900 steps of 24 + 24 pictures, 1e-3 falling to 1e-5 along a cosine.</summary>
    public PerceptualRecipe() => Training = new()
    {
        Steps = 900,
        BatchSize = 24,
        LearningRate = 1e-3,
        FinalLearningRate = 1e-5,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 100,
        EmaRates = [0.995],
        ValidateEvery = 300,
        SampleEvery = 450,
    };

    /// <summary>The network's shape.</summary>
    public PuppetFeaturesSettings Features { get; init; } = new();

    /// <summary>People of each kind to learn from.</summary>
    /// <value>1000</value>
    public int People { get; init; } = 1000;

    /// <summary>Other people of each kind, to validate on.</summary>
    /// <value>60</value>
    public int HeldOutPeople { get; init; } = 60;

    /// <summary>Pictures of each person, spread over a video of 64 frames.</summary>
    /// <value>6</value>
    public int Pictures { get; init; } = 6;

    /// <summary>Side of the pictures in pixels; every fourth step sees them at half of it.</summary>
    /// <value>64; an even number from 32 to 256.</value>
    public int Size { get; init; } = 64;

    /// <summary>Weight of the error in pose.</summary>
    /// <value>1</value>
    public double PoseWeight { get; init; } = 1;

    /// <summary>Weight of the error in what makes a person: colours, proportions, hair, clothes, background.</summary>
    /// <value>0.5</value>
    public double IdentityWeight { get; init; } = 0.5;

    /// <summary>An hour or less on two cores.</summary>
    public static PerceptualRecipe Tiny => new();

    /// <summary>As <see cref="Tiny"/>.</summary>
    public static PerceptualRecipe Small => new();

    /// <summary>As <see cref="Tiny"/>; the paper has no such network.</summary>
    public static PerceptualRecipe Paper => new();

    internal override string ModelKey => "features";

    /// <summary>Checks every setting.</summary>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public override void Validate()
    {
        Features.Validate();
        Training.Validate();
        new SettingsFaults()
            .AtLeast(People, 2)
            .AtLeast(HeldOutPeople, 2)
            .Between(Pictures, 1, PuppetPictures.Frames)
            .Require(Size is >= 32 and <= 256 && Size % 2 == 0, nameof(Size), "an even number from 32 to 256", $"{Size}")
            .Require(Size / 2 >= 2 << (Features.Channels.Count - 1), nameof(Size), $"at least {4 << (Features.Channels.Count - 1)} for so many layers", $"{Size}")
            .Between(PoseWeight, 0, 1e6)
            .Between(IdentityWeight, 0, 1e6)
            .Require(PoseWeight + IdentityWeight > 0, nameof(PoseWeight), $"above 0, or {nameof(IdentityWeight)}", "both 0")
            .Throw("perceptual training settings");
    }
}
