using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// DPM-Solver++(2M) (Lu et al. 2022, Algorithm 2): a multistep solver of the probability-flow equation in λ = log(√ᾱ / √(1 − ᾱ)),
/// second order from the last two x₀. Deterministic given x_T; some twenty steps do what DDIM needs fifty for.
/// </summary>
/// <param name="diffusion">The process to reverse.</param>
public sealed class DpmSolverSampler(GaussianDiffusion diffusion) : DiffusionSampler(diffusion)
{
    /// <inheritdoc/>
    protected override Tensor Step(ReverseStep step)
    {
        var (x, denoised, previousX0, index) = (step.X, step.Denoised, step.PreviousX0, step.Index);

        // The last step goes to λ = ∞, where all that is left is x₀.
        if (index == 0) return denoised.X0.alias();

        var schedule = Diffusion.Schedule;
        var (from, to) = (schedule.AlphasCumprod[index], schedule.AlphasCumprodPrev[index]);
        double h = Lambda(to) - Lambda(from);
        var estimate = denoised.X0;
        if (previousX0 is not null)
        {
            double ratio = (Lambda(from) - Lambda(schedule.AlphasCumprod[index + 1])) / h;
            estimate = (estimate * (1 + (0.5 / ratio))).add_(previousX0, alpha: -0.5 / ratio);
        }

        return (x * Math.Sqrt((1 - to) / (1 - from))).add_(estimate, alpha: Math.Sqrt(to) * (1 - Math.Exp(-h)));
    }

    private static double Lambda(double alphaBar) => 0.5 * Math.Log(alphaBar / (1 - alphaBar));
}
