namespace Leo.Lab.Diffusion;

/// <summary>How the diffusion steps of a training batch are drawn.</summary>
public enum StepSamplingKind
{
    /// <summary>All alike (Ho et al. 2020, Algorithm 1).</summary>
    Uniform,

    /// <summary>Those of large loss more often, weighted so that the expected gradient stays (Nichol &amp; Dhariwal 2021, §3.3).</summary>
    LossSecondMoment,

    /// <summary>The logarithm of noise over signal, ln σ, is normal with mean −1.2 and deviation 1.2 (Karras et al. 2022, §5), whatever the schedule.</summary>
    LogNormal,
}
