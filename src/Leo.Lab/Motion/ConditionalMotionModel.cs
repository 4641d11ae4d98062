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
    public override Tensor TrainingLoss(Tensor codes, Tensor t, Tensor noise) => TrainingLoss(codes, t, noise, null);

    /// <summary>The same for sequences of which more is given than α₁ (<see cref="MotionSettings.History"/>).</summary>
    /// <param name="codes">Raw sequences [B, L, D].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε [B, L−1, D].</param>
    /// <param name="given">How many codes of each sequence are given [B], 1 to <see cref="MotionSettings.History"/>, int64; null for α₁ alone.</param>
    public Tensor TrainingLoss(Tensor codes, Tensor t, Tensor noise, Tensor? given)
    {
        CheckSequences(codes);
        using var scope = NewDisposeScope();
        var (alpha1, raw) = LinearMotionCondition.Split(codes);
        var m = Normalizer.NormalizeResidual(raw);
        if (Settings.History == 1)
        {
            return Diffusion.TrainingLoss(LinearMotionCondition.Denoiser(Predict, Normalizer.Normalize(alpha1)), m, t, noise).MoveToOuterDisposeScope();
        }

        var counts = (given ?? ones_like(t)).to(codes.device).reshape(-1, 1, 1);
        var mask = arange(1, Settings.Length, dtype: ScalarType.Int64, device: codes.device).reshape(1, -1, 1).lt(counts); // [B, L−1, 1]
        return Diffusion.TrainingLoss(Denoiser(alpha1, m, mask), m, t, noise, mask.logical_not().to(ScalarType.Float32)).MoveToOuterDisposeScope();
    }

    internal override Tensor TrainingLoss(TrainingBatch batch, Tensor t, Generator generator)
    {
        if (Settings.History == 1)
        {
            return base.TrainingLoss(batch, t, generator);
        }

        // A video begins with one code, all that follows with as many as there may be: each is half of the training.
        using var scope = NewDisposeScope();
        var given = batch.Of(randint(0, 2, [batch.Whole], dtype: ScalarType.Int64, generator: generator)) * (Settings.History - 1) + 1;
        return TrainingLoss(batch.Data.to(Device), t, Noise(batch, generator), given).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No first codes, too many, or of another shape.</exception>
    public override Tensor Sample(DiffusionSampler sampler, Tensor? start, Func<Tensor> noise, Action<SamplingStep>? progress = null)
    {
        if (start is null || start.dim() is < 2 or > 3 || start.shape[^1] != Settings.Dim || (start.dim() == 3 && (start.shape[1] < 1 || start.shape[1] > Settings.History)))
        {
            string found = start is null ? "none" : $"[{string.Join(", ", start.shape)}]";
            string several = Settings.History > 1 ? $" or [B, 1 … {Settings.History}, {Settings.Dim}]" : "";
            throw new ArgumentException($"Expected first codes [B, {Settings.Dim}]{several}, found {found}.", nameof(start));
        }

        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var history = start.dim() == 2 ? start.unsqueeze(1) : start;
        var alpha1 = history.select(1, 0);
        if (Settings.History == 1)
        {
            var denoiser = LinearMotionCondition.Denoiser(Predict, Normalizer.Normalize(alpha1));
            var residuals = Normalizer.DenormalizeResidual(sampler.Sample(denoiser, noise, progress));
            return LinearMotionCondition.Join(alpha1, residuals).MoveToOuterDisposeScope();
        }

        var (count, rest) = (history.shape[1], Settings.Length - history.shape[1]);
        var known = cat([history.narrow(1, 1, count - 1) - alpha1.unsqueeze(1), zeros([alpha1.shape[0], rest, Settings.Dim], device: start.device)], 1);
        var mask = arange(1, Settings.Length, dtype: ScalarType.Int64, device: start.device).reshape(1, -1, 1).lt(count);
        var m0 = Normalizer.DenormalizeResidual(sampler.Sample(Denoiser(alpha1, Normalizer.NormalizeResidual(known), mask), noise, progress));
        return cat([history, LinearMotionCondition.Join(alpha1, m0).narrow(1, count, rest)], 1).MoveToOuterDisposeScope();
    }

    // Where the mask is, the network sees the clean residuals; a channel of the mask tells it where.
    private Func<Tensor, Tensor, Tensor> Denoiser(Tensor alpha1, Tensor known, Tensor mask)
    {
        var marks = nn.functional.pad(mask.to(ScalarType.Float32).expand(known.shape[0], -1, -1), [0, 0, 1, 0], value: 1); // [B, L, 1]
        var denoiser = LinearMotionCondition.Denoiser((a, t) => Predict(cat([a, marks], 2), t), Normalizer.Normalize(alpha1));
        return (mt, t) => denoiser(where(mask, known, mt), t);
    }
}
