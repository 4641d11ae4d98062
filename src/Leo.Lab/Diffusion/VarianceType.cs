namespace Leo.Lab.Diffusion;

/// <summary>The variance of the reverse step p(x_{t-1} | x_t) (Ho et al. 2020, §3.2; Nichol &amp; Dhariwal 2021, §3.1).</summary>
public enum VarianceType
{
    /// <summary>The posterior's variance β̃, the lower bound.</summary>
    FixedSmall,

    /// <summary>β, the upper bound; the first step keeps β̃₂, whose logarithm is finite and whose likelihood is better.</summary>
    FixedLarge,

    /// <summary>
    /// Learnt, between the two in the logarithm (Nichol &amp; Dhariwal 2021, Eq. 15): the network gives twice the channels, and the
    /// loss has the variational bound beside the squared error (Eq. 16).
    /// </summary>
    LearnedRange,
}
