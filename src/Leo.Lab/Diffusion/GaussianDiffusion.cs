using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// The mathematics of a Gaussian diffusion process, for signals of any shape [B, …] (Ho et al. 2020; Nichol &amp; Dhariwal
/// 2021). A denoiser maps the noised signal x_t [B, …] and the training steps t [B] (int64) to its prediction [B, …].
/// Holds no tensors.
/// </summary>
/// <param name="schedule">The steps of this process.</param>
/// <param name="prediction">What the denoiser's output stands for.</param>
/// <param name="variance">The variance of the reverse steps.</param>
/// <param name="clip">Predicted x₀ are clamped to [−clip, clip] while sampling; null leaves them alone.</param>
/// <param name="minSnr">γ of the min-SNR weights of the training loss (<see cref="DiffusionSettings.MinSnr"/>); null for none.</param>
public sealed partial class GaussianDiffusion(
    NoiseSchedule schedule,
    PredictionType prediction = PredictionType.Epsilon,
    VarianceType variance = VarianceType.FixedSmall,
    double? clip = null,
    double? minSnr = null)
{
    private IReadOnlyList<int>? _timestepMap;

    /// <summary>The tables of this process.</summary>
    public NoiseSchedule Schedule { get; } = schedule;

    /// <summary>What the denoiser's output stands for.</summary>
    public PredictionType Prediction { get; } = prediction;

    /// <summary>The variance of the reverse steps.</summary>
    public VarianceType Variance { get; } = variance;

    /// <summary>The bound that predicted x₀ are clamped to while sampling, or null.</summary>
    public double? Clip { get; } = clip;

    /// <summary>
    /// Weight of the squared error of the prediction at each step [T] (Hang et al. 2023, §3.4): min(SNR, γ) on x₀, by SNR less on ε, by SNR + 1 less on v. Null
    /// where all are 1.
    /// </summary>
    public IReadOnlyList<double>? LossWeights { get; } = minSnr is not { } gamma ? null : [.. schedule.AlphasCumprod.Select(kept =>
    {
        double snr = kept / (1 - kept);
        return Math.Min(snr, gamma) / (prediction switch { PredictionType.Epsilon => snr, PredictionType.V => snr + 1, _ => 1 });
    })];

    /// <summary>The training step that the denoiser is told at a step of this process; differs after respacing.</summary>
    /// <param name="index">A step of this process.</param>
    public int ModelTimestep(int index) => _timestepMap?[index] ?? index;

    /// <summary>The same process with some of its steps only.</summary>
    /// <param name="timesteps">The steps to keep, ascending, as <see cref="Respacing.Timesteps"/> gives them.</param>
    public GaussianDiffusion Respaced(IReadOnlyList<int> timesteps) =>
        new(Respacing.Respace(Schedule, timesteps), Prediction, Variance, Clip, minSnr)
        {
            _timestepMap = [.. timesteps.Select(ModelTimestep)],
        };

    /// <summary>Draws x_t ~ q(x_t | x₀) = √ᾱ·x₀ + √(1 − ᾱ)·ε (Ho et al. 2020, Eq. 4).</summary>
    /// <param name="x0">The clean signal [B, …].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε, of x₀'s shape.</param>
    public Tensor QSample(Tensor x0, Tensor t, Tensor noise)
    {
        using var scope = NewDisposeScope();
        var signal = Extract(Schedule.SqrtAlphasCumprod, t, x0) * x0;
        return (signal + Extract(Schedule.SqrtOneMinusAlphasCumprod, t, x0) * noise).MoveToOuterDisposeScope();
    }

    /// <summary>The mean of q(x_{t−1} | x_t, x₀) (Ho et al. 2020, Eq. 7); its variance is in the schedule.</summary>
    /// <param name="x0">The clean signal.</param>
    /// <param name="xt">The noised signal.</param>
    /// <param name="index">The step.</param>
    public Tensor PosteriorMean(Tensor x0, Tensor xt, int index)
    {
        using var scope = NewDisposeScope();
        return (x0 * Schedule.PosteriorMeanCoef1[index]).add_(xt, alpha: Schedule.PosteriorMeanCoef2[index]).MoveToOuterDisposeScope();
    }

    /// <summary>The fixed variance of the reverse step, by <see cref="Variance"/>.</summary>
    /// <param name="index">The step.</param>
    /// <exception cref="InvalidOperationException">The variance is learnt: only the denoiser knows it.</exception>
    public double ReverseVariance(int index) => Variance switch
    {
        VarianceType.FixedSmall => Schedule.PosteriorVariance[index],
        VarianceType.FixedLarge => Schedule.FixedLargeVariance[index],
        _ => throw new InvalidOperationException("A learnt variance is in the denoiser's output."),
    };

    /// <summary>The logarithm of the reverse step's fixed variance, finite at the first step too.</summary>
    /// <param name="index">The step.</param>
    /// <exception cref="InvalidOperationException">The variance is learnt: only the denoiser knows it.</exception>
    public double ReverseLogVariance(int index) => Variance switch
    {
        VarianceType.FixedSmall => Schedule.PosteriorLogVarianceClipped[index],
        VarianceType.FixedLarge => Math.Log(Schedule.FixedLargeVariance[index]),
        _ => throw new InvalidOperationException("A learnt variance is in the denoiser's output."),
    };

    /// <summary>x₀ from the denoiser's output, clamped if this process clips.</summary>
    /// <param name="output">The denoiser's output.</param>
    /// <param name="xt">The noised signal.</param>
    /// <param name="index">The step.</param>
    public Tensor PredictX0(Tensor output, Tensor xt, int index)
    {
        using var scope = NewDisposeScope();
        var x0 = ToX0(output, xt, (x, table) => x * table[index]);
        if (Clip is { } bound)
        {
            x0 = x0.clamp(-bound, bound);
        }

        return x0.MoveToOuterDisposeScope();
    }

    // The factor of a table is one number for all samples, or one for each.
    private Tensor ToX0(Tensor output, Tensor xt, Func<Tensor, IReadOnlyList<double>, Tensor> times) => Prediction switch
    {
        PredictionType.Epsilon => times(xt, Schedule.SqrtRecipAlphasCumprod) - times(output, Schedule.SqrtRecipM1AlphasCumprod),
        PredictionType.V => times(xt, Schedule.SqrtAlphasCumprod) - times(output, Schedule.SqrtOneMinusAlphasCumprod),
        _ => output.alias(),
    };

    /// <summary>ε from a predicted x₀.</summary>
    /// <param name="x0">The predicted clean signal.</param>
    /// <param name="xt">The noised signal.</param>
    /// <param name="index">The step.</param>
    public Tensor PredictEpsilon(Tensor x0, Tensor xt, int index)
    {
        using var scope = NewDisposeScope();
        var residual = (xt * Schedule.SqrtRecipAlphasCumprod[index]).sub_(x0);
        return residual.div_(Schedule.SqrtRecipM1AlphasCumprod[index]).MoveToOuterDisposeScope();
    }

    /// <summary>What the denoiser says at a step of this process.</summary>
    /// <param name="denoiser">The denoiser; with a learnt variance its output has twice the channels.</param>
    /// <param name="xt">The noised signal [B, …].</param>
    /// <param name="index">The step.</param>
    /// <exception cref="ArgumentException">The denoiser's output has another shape.</exception>
    public Denoised Denoise(Func<Tensor, Tensor, Tensor> denoiser, Tensor xt, int index)
    {
        using var scope = NewDisposeScope();
        var t = full(xt.shape[0], ModelTimestep(index), dtype: ScalarType.Int64, device: xt.device);
        var (prediction, range) = Divided(denoiser(xt, t), xt);
        var x0 = PredictX0(prediction, xt, index).MoveToOuterDisposeScope();
        return new Denoised(x0, range is null ? null : LogVariance(range, index).MoveToOuterDisposeScope());
    }

    /// <summary>What the denoiser has to predict, by <see cref="Prediction"/>.</summary>
    /// <param name="x0">The clean signal [B, …].</param>
    /// <param name="t">Steps [B], int64.</param>
    /// <param name="noise">ε, of x₀'s shape.</param>
    public Tensor Target(Tensor x0, Tensor t, Tensor noise)
    {
        using var scope = NewDisposeScope();
        var target = Prediction switch
        {
            PredictionType.Epsilon => noise.alias(),
            PredictionType.X0 => x0.alias(),
            _ => Extract(Schedule.SqrtAlphasCumprod, t, x0) * noise
                - Extract(Schedule.SqrtOneMinusAlphasCumprod, t, x0) * x0,
        };
        return target.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The loss per sample [B]: the mean squared error of the denoiser's output (Ho et al. 2020, Eq. 14), weighted by <see cref="LossWeights"/>, and with a learnt
    /// variance the variational bound beside it (Nichol &amp; Dhariwal 2021, Eq. 16).
    /// </summary>
    /// <param name="denoiser">The denoiser.</param>
    /// <param name="x0">The clean signal [B, …].</param>
    /// <param name="t">Steps [B], int64; on the CPU, where the tables are.</param>
    /// <param name="noise">ε, of x₀'s shape.</param>
    /// <param name="counted">1 where the error counts and 0 where the denoiser is told x₀, of a shape that broadcasts to x₀'s; null where all counts. Not for a learnt variance.</param>
    public Tensor TrainingLoss(Func<Tensor, Tensor, Tensor> denoiser, Tensor x0, Tensor t, Tensor noise, Tensor? counted = null)
    {
        using var scope = NewDisposeScope();
        var xt = QSample(x0, t, noise);
        var (prediction, range) = Divided(denoiser(xt, t.to(xt.device)), x0);
        var error = (prediction - Target(x0, t, noise)).square();
        var loss = counted is null
            ? error.flatten(1).mean([1L]) // [B]
            : (error * counted).flatten(1).mean([1L]) / counted.flatten(1).mean([1L]);
        if (LossWeights is not null)
        {
            loss = loss * Extract(LossWeights, t, loss);
        }

        if (range is not null)
        {
            loss = loss + VariationalBound(prediction.detach(), range, x0, xt, t) * (BoundWeight * Schedule.Steps);
        }

        return loss.MoveToOuterDisposeScope();
    }

    // [B] table entries, shaped to broadcast against the signal. The table stays in double until this one rounding.
    private Tensor Extract(IReadOnlyList<double> table, Tensor t, Tensor like)
    {
        using var cpu = t.cpu();
        using var steps = cpu.data<long>();
        float[] entries = new float[t.shape[0]];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = (float)table[(int)steps[i]];
        }

        long[] shape = Enumerable.Repeat(1L, (int)like.dim()).ToArray();
        shape[0] = entries.Length;
        return tensor(entries, shape, device: like.device);
    }
}
