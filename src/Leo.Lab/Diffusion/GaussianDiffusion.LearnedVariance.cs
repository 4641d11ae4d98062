using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

public sealed partial class GaussianDiffusion
{
    // λ of L_simple + λ·L_vlb, where L_vlb sums over the steps of which one is drawn (Nichol & Dhariwal 2021, Eq. 16).
    private const double BoundWeight = 0.001;

    /// <summary>
    /// The variational bound's term at drawn steps, in bits per dimension [B]: the divergence of the learnt reverse step from the
    /// true posterior, and at the first step the negative log-likelihood of x₀ under a normal density. Unlike the reference,
    /// which integrates over the 256 levels of a pixel, since codes have no levels.
    /// </summary>
    /// <param name="prediction">The denoiser's prediction [B, …]; detached, if it is to be trained by the squared error alone.</param>
    /// <param name="range">Where the variance lies, [B, …], −1 for β̃, 1 for β.</param>
    /// <param name="x0">The clean signal.</param>
    /// <param name="xt">The noised signal.</param>
    /// <param name="t">Steps [B], int64.</param>
    public Tensor VariationalBound(Tensor prediction, Tensor range, Tensor x0, Tensor xt, Tensor t)
    {
        using var scope = NewDisposeScope();
        Tensor At(IReadOnlyList<double> table) => Extract(table, t, x0);
        var guess = ToX0(prediction, xt, (x, table) => x * At(table));
        var (fromX0, fromXt) = (At(Schedule.PosteriorMeanCoef1), At(Schedule.PosteriorMeanCoef2));
        var (trueMean, mean) = (x0 * fromX0 + xt * fromXt, guess * fromX0 + xt * fromXt);
        var trueLogVariance = At(Schedule.PosteriorLogVarianceClipped);
        var logVariance = Between(range, trueLogVariance, At(LogBetas));

        var divergence = (logVariance - trueLogVariance - 1 + (trueLogVariance - logVariance).exp()
            + (trueMean - mean).square() * (-logVariance).exp()) * 0.5;
        var surprise = ((x0 - mean).square() * (-logVariance).exp() + logVariance + Math.Log(2 * Math.PI)) * 0.5;
        var first = t.eq(0).reshape([t.shape[0], .. Enumerable.Repeat(1L, (int)x0.dim() - 1)]).to(x0.device);
        return (where(first, surprise, divergence).flatten(1).mean([1L]) / Math.Log(2)).MoveToOuterDisposeScope();
    }

    private IReadOnlyList<double> LogBetas => field ??= [.. Schedule.Betas.Select(beta => Math.Log(beta))];

    private Tensor LogVariance(Tensor range, int index)
    {
        var (low, high) = (Schedule.PosteriorLogVarianceClipped[index], LogBetas[index]);
        return (range + 1) * ((high - low) / 2) + low;
    }

    // (range + 1)/2 of the way from β̃ to β, in the logarithm (Eq. 15).
    private static Tensor Between(Tensor range, Tensor low, Tensor high) => low + (range + 1) * (high - low) * 0.5;

    // A denoiser's output as prediction and, where the variance is learnt, its range: two halves of the one dimension that is doubled.
    private (Tensor Prediction, Tensor? Range) Divided(Tensor output, Tensor signal)
    {
        bool learned = Variance == VarianceType.LearnedRange;
        if (!learned && output.shape.SequenceEqual(signal.shape))
        {
            return (output, null);
        }

        var differing = Enumerable.Range(0, (int)Math.Min(output.dim(), signal.dim())).Where(d => output.shape[d] != signal.shape[d]).ToList();
        if (learned && output.dim() == signal.dim() && differing is [var dim] && output.shape[dim] == 2 * signal.shape[dim])
        {
            long half = signal.shape[dim];
            return (output.narrow(dim, 0, half), output.narrow(dim, half, half));
        }

        string expected = learned ? ", and twice as many channels for the learnt variance" : "";
        throw new ArgumentException(
            $"The denoiser gave [{string.Join(", ", output.shape)}] for a signal of [{string.Join(", ", signal.shape)}]{expected}.", nameof(output));
    }
}
