using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>The unconditional latent motion diffusion model (LEO Eq. 1), without Linear Motion Condition: Table 4's other side.</summary>
/// <param name="settings">The settings.</param>
/// <param name="normalizer">The units, see <see cref="CodeNormalizer.ForCodes"/>.</param>
/// <param name="seed">The run's seed, for the initial weights.</param>
public sealed class UnconditionalMotionModel(MotionSettings settings, CodeNormalizer normalizer, long seed)
    : MotionModel(settings with { LinearMotionCondition = false }, normalizer, seed)
{
    /// <inheritdoc/>
    public override long[] NoiseShape => [Settings.Whole, Settings.Dim];

    /// <summary>Eq. 1, for each sequence [B].</summary>
    /// <param name="codes">Raw sequences [B, L, D].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε [B, L, D].</param>
    public override Tensor TrainingLoss(Tensor codes, Tensor t, Tensor noise)
    {
        CheckSequences(codes);
        using var scope = NewDisposeScope();
        return Diffusion.TrainingLoss(Predict, Normalizer.Normalize(codes), t, noise).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An α₁ is given, which this model cannot take.</exception>
    public override Tensor Sample(DiffusionSampler sampler, Tensor? start, Func<Tensor> noise, Action<SamplingStep>? progress = null)
    {
        if (start is not null)
        {
            throw new ArgumentException("A motion model without Linear Motion Condition takes no first codes.", nameof(start));
        }

        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        return Normalizer.Denormalize(WithoutTail(sampler.Sample(Predict, noise, progress))).MoveToOuterDisposeScope();
    }
}
