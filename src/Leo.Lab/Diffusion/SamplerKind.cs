namespace Leo.Lab.Diffusion;

/// <summary>The family of a sampler.</summary>
public enum SamplerKind
{
    /// <summary>Ancestral (Ho et al. 2020).</summary>
    Ddpm,

    /// <summary>Implicit (Song et al. 2021).</summary>
    Ddim,

    /// <summary>DPM-Solver++(2M) (Lu et al. 2022).</summary>
    DpmSolver,

    /// <summary>Heun's method (Karras et al. 2022).</summary>
    Heun,
}
