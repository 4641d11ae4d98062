using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// Heun's second-order method for the probability-flow equation in σ, without churn (Karras et al. 2022, Algorithm 1). Deterministic given x_T; asks the denoiser
/// twice a step, once at the last.
/// </summary>
/// <param name="diffusion">The process to reverse.</param>
public sealed class HeunSampler(GaussianDiffusion diffusion) : DiffusionSampler(diffusion)
{
    /// <inheritdoc/>
    protected override Tensor Step(ReverseStep step)
    {
        // The last step goes to σ = 0, where all that is left is x₀.
        if (step.Index == 0) return step.Denoised.X0.alias();

        // x̂ = x₀ + σ·ε is x_t/√ᾱ, and its slope in σ is ε.
        var (from, to) = (Diffusion.Schedule.AlphasCumprod[step.Index], Diffusion.Schedule.AlphasCumprodPrev[step.Index]);
        double stride = Sigma(to) - Sigma(from);
        var signal = step.X / Math.Sqrt(from);
        var slope = Diffusion.PredictEpsilon(step.Denoised.X0, step.X, step.Index);
        var guess = (signal + slope * stride) * Math.Sqrt(to);
        var slopeThere = Diffusion.PredictEpsilon(step.Denoise(guess, step.Index - 1).X0, guess, step.Index - 1);
        return (signal + (slope + slopeThere) * (stride / 2)) * Math.Sqrt(to);
    }

    private static double Sigma(double alphaBar) => Math.Sqrt((1 - alphaBar) / alphaBar);
}
