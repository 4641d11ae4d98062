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
    public override long[] NoiseShape => [Settings.Whole - 1, Settings.Dim];

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
        if (Settings.History == 1)
        {
            var (alpha1, raw) = LinearMotionCondition.Split(codes);
            return Diffusion.TrainingLoss(LinearMotionCondition.Denoiser(Predict, Normalizer.Normalize(alpha1)), Normalizer.NormalizeResidual(raw), t, noise).MoveToOuterDisposeScope();
        }

        var counts = (given ?? ones_like(t)).to(codes.device).reshape(-1, 1, 1);
        var last = codes.gather(1, (counts - 1).expand(-1, 1, Settings.Dim)); // [B, 1, D]
        var m = Normalizer.NormalizeResidual(codes.narrow(1, 1, Settings.Whole - 1) - last);
        var mask = GivenMask(counts);
        return Diffusion.TrainingLoss(Denoiser(codes.narrow(1, 0, 1), last, m, mask), m, t, noise, mask.logical_not().to(ScalarType.Float32)).MoveToOuterDisposeScope();
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
            var residuals = Normalizer.DenormalizeResidual(sampler.Sample(LinearMotionCondition.Denoiser(Predict, Normalizer.Normalize(alpha1)), noise, progress));
            return WithoutTail(LinearMotionCondition.Join(alpha1, residuals)).MoveToOuterDisposeScope();
        }

        var (count, rest) = (history.shape[1], Settings.Whole - history.shape[1]);
        var last = history.narrow(1, count - 1, 1);
        var known = cat([history.narrow(1, 1, count - 1) - last, zeros([history.shape[0], rest, Settings.Dim], device: start.device)], 1);
        var denoiser = Denoiser(history.narrow(1, 0, 1), last, Normalizer.NormalizeResidual(known), GivenMask(full(1, 1, 1, count, ScalarType.Int64, device: start.device)));
        var m0 = Normalizer.DenormalizeResidual(sampler.Sample(denoiser, noise, progress));
        return WithoutTail(cat([history, (last + m0).narrow(1, count - 1, rest)], 1)).MoveToOuterDisposeScope();
    }

    // Which of the codes behind the first are given: [B, L−1, 1].
    private Tensor GivenMask(Tensor counts) => arange(1, Settings.Whole, dtype: ScalarType.Int64, device: counts.device).reshape(1, -1, 1).lt(counts);

    // Where the mask is, the network sees the clean codes; a channel of the mask tells it where. m are the residuals to the last given code, so that what follows
    // begins at 0 as it does behind α₁.
    private Func<Tensor, Tensor, Tensor> Denoiser(Tensor first, Tensor last, Tensor known, Tensor mask)
    {
        var marks = nn.functional.pad(mask.to(ScalarType.Float32).expand(known.shape[0], -1, -1), [0, 0, 1, 0], value: 1); // [B, L, 1]
        var (start, origin) = (Normalizer.Normalize(first), Normalizer.Normalize(last));
        return (mt, t) =>
        {
            using var scope = NewDisposeScope();
            var a = cat([start, origin + where(mask, known, mt)], 1);
            return Predict(cat([a, marks], 2), t).narrow(1, 1, mt.shape[1]).MoveToOuterDisposeScope();
        };
    }
}
