using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Implicit sampling (Song et al. 2021, Eqs. 12 and 16).</summary>
/// <param name="diffusion">The process to reverse.</param>
/// <param name="eta">0: deterministic given x_T; 1: as much noise as the ancestral sampler.</param>
public sealed class DdimSampler(GaussianDiffusion diffusion, double eta = 0) : DiffusionSampler(diffusion)
{
    /// <summary>The amount of noise η.</summary>
    public double Eta { get; } = eta;

    /// <inheritdoc/>
    protected override Tensor Step(ReverseStep step)
    {
        var (x, denoised, index) = (step.X, step.Denoised, step.Index);
        double alphaBar = Diffusion.Schedule.AlphasCumprod[index];
        double previous = Diffusion.Schedule.AlphasCumprodPrev[index];
        double sigma = Eta * Math.Sqrt((1 - previous) / (1 - alphaBar)) * Math.Sqrt(1 - alphaBar / previous);

        // ε is taken from x₀ again, since x₀ may have been clamped.
        var epsilon = Diffusion.PredictEpsilon(denoised.X0, x, index);
        var mean = (denoised.X0 * Math.Sqrt(previous)).add_(epsilon, alpha: Math.Sqrt(1 - previous - sigma * sigma));
        return index == 0 || sigma == 0 ? mean : mean.add_(step.Noise(), alpha: sigma);
    }
}
