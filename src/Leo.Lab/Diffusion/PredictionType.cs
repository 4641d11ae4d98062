namespace Leo.Lab.Diffusion;

/// <summary>What the denoising network's output stands for.</summary>
public enum PredictionType
{
    /// <summary>The noise ε that was added (Ho et al. 2020, Eq. 14; LEO Eqs. 1 and 4).</summary>
    Epsilon,

    /// <summary>The clean signal x₀.</summary>
    X0,

    /// <summary>v = √ᾱ·ε − √(1 − ᾱ)·x₀ (Salimans &amp; Ho 2022, appendix D).</summary>
    V,
}
