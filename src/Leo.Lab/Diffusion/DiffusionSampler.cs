using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Runs the reverse process from pure noise to a sample.</summary>
/// <param name="diffusion">The process, respaced already if fewer steps are wanted.</param>
public abstract class DiffusionSampler(GaussianDiffusion diffusion)
{
    /// <summary>The process that is reversed.</summary>
    public GaussianDiffusion Diffusion { get; } = diffusion;

    /// <summary>
    /// Draws a sample [B, …], without gradients. <paramref name="noise"/> is asked for x_T first, then once for every
    /// step that needs noise, from the last to the first; so the sample depends on nothing but the noise and the denoiser.
    /// </summary>
    /// <param name="denoiser">Maps x_t [B, …] and training steps [B] to a prediction [B, …].</param>
    /// <param name="noise">Gives fresh noise [B, …], owned by the sampler.</param>
    /// <param name="progress">Told after every step.</param>
    public Tensor Sample(Func<Tensor, Tensor, Tensor> denoiser, Func<Tensor> noise, Action<SamplingStep>? progress = null)
    {
        using var quiet = no_grad();
        using var outer = NewDisposeScope();
        var x = noise();
        Tensor? previous = null;
        int steps = Diffusion.Schedule.Steps;
        for (int index = steps - 1; index >= 0; index--)
        {
            using var scope = NewDisposeScope();
            var denoised = Diffusion.Denoise(denoiser, x, index);
            var next = Step(new ReverseStep(x, denoised, previous, index, noise, (signal, at) => Diffusion.Denoise(denoiser, signal, at)));
            progress?.Invoke(new SamplingStep(steps - index, steps, Diffusion.ModelTimestep(index), next, denoised.X0));
            x.Dispose();
            previous?.Dispose();
            x = next.MoveToOuterDisposeScope();
            previous = denoised.X0.MoveToOuterDisposeScope();
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary>One reverse step.</summary>
    /// <param name="step">What is known before it.</param>
    protected abstract Tensor Step(ReverseStep step);
}
