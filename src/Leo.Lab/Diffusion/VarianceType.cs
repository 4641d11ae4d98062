namespace Leo.Lab.Diffusion;

/// <summary>The fixed variance of the reverse step p(x_{t-1} | x_t) (Ho et al. 2020, §3.2).</summary>
public enum VarianceType
{
    /// <summary>The posterior's variance β̃, the lower bound.</summary>
    FixedSmall,

    /// <summary>β, the upper bound; the first step keeps β̃₂, whose logarithm is finite and whose likelihood is better.</summary>
    FixedLarge,
}
