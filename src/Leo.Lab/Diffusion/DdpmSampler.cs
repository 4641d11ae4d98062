using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Ancestral sampling (Ho et al. 2020, Algorithm 2).</summary>
/// <param name="diffusion">The process to reverse.</param>
public sealed class DdpmSampler(GaussianDiffusion diffusion) : DiffusionSampler(diffusion)
{
    /// <inheritdoc/>
    protected override Tensor Step(ReverseStep step)
    {
        var (denoised, index) = (step.Denoised, step.Index);
        var mean = Diffusion.PosteriorMean(denoised.X0, step.X, index);
        if (index == 0) return mean;
        return denoised.LogVariance is { } learned
            ? mean + step.Noise() * (learned * 0.5).exp()
            : mean.add_(step.Noise(), alpha: Math.Exp(0.5 * Diffusion.ReverseLogVariance(index)));
    }
}
