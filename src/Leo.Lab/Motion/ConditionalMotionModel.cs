using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// The conditional latent motion diffusion model, cLMDM (LEO §3.2, Eqs. 2–4): given α₁ it generates the residuals
/// m₂ … m_L; α₁ is never noised and comes out bit by bit as it went in.
/// </summary>
/// <param name="settings">The settings.</param>
/// <param name="normalizer">The units, see <see cref="CodeNormalizer.ForResiduals"/>.</param>
/// <param name="seed">The run's seed, for the initial weights.</param>
public sealed class ConditionalMotionModel(MotionSettings settings, CodeNormalizer normalizer, long seed)
    : MotionModel(settings with { LinearMotionCondition = true }, normalizer, seed)
{
    /// <inheritdoc/>
    public override long[] NoiseShape => [Settings.Length - 1, Settings.Dim];

    /// <summary>Eq. 4, for each sequence [B]: only m is noised.</summary>
    /// <param name="codes">Raw sequences [B, L, D].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε [B, L−1, D].</param>
    public override Tensor TrainingLoss(Tensor codes, Tensor t, Tensor noise)
    {
        CheckSequences(codes);
        using var scope = NewDisposeScope();
        var (alpha1, m) = LinearMotionCondition.Split(codes);
        var denoiser = LinearMotionCondition.Denoiser(Predict, Normalizer.Normalize(alpha1));
        return Diffusion.TrainingLoss(denoiser, Normalizer.NormalizeResidual(m), t, noise).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No α₁, or of another shape.</exception>
    public override Tensor Sample(DiffusionSampler sampler, Tensor? alpha1, Func<Tensor> noise, Action<SamplingStep>? progress = null)
    {
        if (alpha1 is null || alpha1.dim() != 2 || alpha1.shape[1] != Settings.Dim)
        {
            string found = alpha1 is null ? "none" : $"[{string.Join(", ", alpha1.shape)}]";
            throw new ArgumentException($"Expected first codes [B, {Settings.Dim}], found {found}.", nameof(alpha1));
        }

        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var denoiser = LinearMotionCondition.Denoiser(Predict, Normalizer.Normalize(alpha1));
        var m0 = Normalizer.DenormalizeResidual(sampler.Sample(denoiser, noise, progress));
        return LinearMotionCondition.Join(alpha1, m0).MoveToOuterDisposeScope();
    }
}
