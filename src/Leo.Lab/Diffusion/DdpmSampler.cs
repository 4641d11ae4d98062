using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Ancestral sampling (Ho et al. 2020, Algorithm 2).</summary>
/// <param name="diffusion">The process to reverse.</param>
public sealed class DdpmSampler(GaussianDiffusion diffusion) : DiffusionSampler(diffusion)
{
    /// <inheritdoc/>
    protected override Tensor Step(Tensor x, Tensor x0, int index, Func<Tensor> noise)
    {
        var mean = Diffusion.PosteriorMean(x0, x, index);
        return index == 0 ? mean : mean + noise() * Math.Exp(0.5 * Diffusion.ReverseLogVariance(index));
    }
}
