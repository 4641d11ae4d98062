using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// Draws steps so that ln σ, the logarithm of noise over signal, is normal with mean −1.2 and deviation 1.2 (Karras et al. 2022, §5): most of the training
/// goes to the noise at which something can be learnt. The weights of the losses stay 1; the distribution is the weight.
/// </summary>
/// <param name="schedule">The process.</param>
public sealed class LogNormalStepSampler(NoiseSchedule schedule) : StepSampler
{
    private const double Mean = -1.2, Deviation = 1.2;

    private readonly double[] _logSigmas = [.. schedule.AlphasCumprod.Select(kept => 0.5 * Math.Log((1 - kept) / kept))];

    /// <inheritdoc/>
    public override (Tensor Steps, Tensor? Weights) Draw(int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        double[] drawn = (randn([count], dtype: ScalarType.Float64, generator: generator) * Deviation + Mean).ToArray<double>();
        return (tensor(drawn.Select(Nearest).ToArray()).MoveToOuterDisposeScope(), null);
    }

    // The step whose ln σ is nearest: σ grows with every step.
    private long Nearest(double logSigma)
    {
        int above = Array.BinarySearch(_logSigmas, logSigma);
        above = Math.Min(above < 0 ? ~above : above, _logSigmas.Length - 1);
        return above > 0 && logSigma - _logSigmas[above - 1] < _logSigmas[above] - logSigma ? above - 1 : above;
    }
}
