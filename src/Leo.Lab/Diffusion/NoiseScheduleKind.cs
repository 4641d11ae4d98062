namespace Leo.Lab.Diffusion;

/// <summary>The shape of β over the diffusion steps.</summary>
public enum NoiseScheduleKind
{
    /// <summary>β grows linearly, 1e-4 … 0.02 at 1000 steps (Ho et al. 2020).</summary>
    Linear,

    /// <summary>ᾱ follows a squared cosine (Nichol &amp; Dhariwal 2021, Eq. 17).</summary>
    Cosine,

    /// <summary>Noise over signal, σ, is even in σ^(1/7) from 0.002 to 80 deviations of the data (Karras et al. 2022, Eq. 5, ρ = 7): steps are fine where noise is little.</summary>
    Karras,
}
