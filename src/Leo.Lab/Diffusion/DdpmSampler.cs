using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Ancestral sampling (Ho et al. 2020, Algorithm 2).</summary>
/// <param name="diffusion">The process to reverse.</param>
public sealed class DdpmSampler(GaussianDiffusion diffusion) : DiffusionSampler(diffusion)
{
    /// <inheritdoc/>
    protected override Tensor Step(Tensor x, Denoised denoised, Tensor? previousX0, int index, Func<Tensor> noise)
    {
        var mean = Diffusion.PosteriorMean(denoised.X0, x, index);
        if (index == 0) return mean;
        return denoised.LogVariance is { } learned
            ? mean + noise() * (learned * 0.5).exp()
            : mean.add_(noise(), alpha: Math.Exp(0.5 * Diffusion.ReverseLogVariance(index)));
    }
}
