namespace Leo.Lab.Diffusion;

/// <summary>A diffusion process in numbers.</summary>
public sealed record DiffusionSettings
{
    /// <summary>Steps T of the process.</summary>
    /// <value>1000, the paper's (LEO §4).</value>
    public int Steps { get; init; } = 1000;

    /// <summary>The shape of β. LEO names none; Ho et al. 2020, whose process it adopts, is linear.</summary>
    /// <value>Linear</value>
    public NoiseScheduleKind Schedule { get; init; } = NoiseScheduleKind.Linear;

    /// <summary>What the network predicts.</summary>
    /// <value>Epsilon, the paper's (LEO Eqs. 1 and 4).</value>
    public PredictionType Prediction { get; init; } = PredictionType.Epsilon;

    /// <summary>The variance of the reverse steps.</summary>
    /// <value>FixedSmall</value>
    public VarianceType Variance { get; init; } = VarianceType.FixedSmall;

    /// <summary>Bound of predicted x₀ while sampling, in standard deviations of the data, as images are clamped to [−1, 1]; null for none.</summary>
    /// <value>5</value>
    public double? Clip { get; init; } = 5;

    /// <summary>How training draws its steps.</summary>
    /// <value>Uniform</value>
    public StepSamplingKind StepSampling { get; init; } = StepSamplingKind.Uniform;

    /// <summary>
    /// γ of the min-SNR weights (Hang et al. 2023): the squared error of x₀ is weighted by min(SNR, γ), SNR = ᾱ/(1 − ᾱ), whatever the network predicts; null
    /// leaves the error of the prediction unweighted, as Ho et al. 2020 do.
    /// </summary>
    /// <value>null, the paper's</value>
    public double? MinSnr { get; init; }

    /// <summary>Channels that a network must give for a signal of so many: twice as many where the variance is learnt.</summary>
    public int Outputs(int channels) => Variance == VarianceType.LearnedRange ? 2 * channels : channels;

    /// <summary>The process.</summary>
    public GaussianDiffusion Build() => new(NoiseSchedule.Create(Schedule, Steps), Prediction, Variance, Clip, MinSnr);

    internal SettingsFaults Check(SettingsFaults faults) => faults
        .AtLeast(Steps, Schedule == NoiseScheduleKind.Linear ? 21 : 1)
        .Require(Enum.IsDefined(Schedule), nameof(Schedule), string.Join(" or ", Enum.GetNames<NoiseScheduleKind>()), $"{Schedule}")
        .Require(Enum.IsDefined(Prediction), nameof(Prediction), string.Join(" or ", Enum.GetNames<PredictionType>()), $"{Prediction}")
        .Require(Enum.IsDefined(Variance), nameof(Variance), string.Join(" or ", Enum.GetNames<VarianceType>()), $"{Variance}")
        .Require(Enum.IsDefined(StepSampling), nameof(StepSampling), string.Join(" or ", Enum.GetNames<StepSamplingKind>()), $"{StepSampling}")
        .Require(MinSnr is null or > 0, nameof(MinSnr), "more than 0, or absent", $"{MinSnr}")
        .Require(Clip is null or > 0, nameof(Clip), "more than 0, or absent", $"{Clip}");
}
