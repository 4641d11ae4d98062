using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Mean, covariance and autocorrelation of code sequences, to hold generated motion against real one.</summary>
/// <param name="Mean">Mean of each dimension, in units of the scale.</param>
/// <param name="Covariance">Covariance of single codes about <paramref name="Mean"/>, D rows of D, likewise.</param>
/// <param name="Autocorrelation">
/// Correlation of a code with that of <see cref="Lags"/> frames later, the mean over dimensions. Both are taken from their own sequence's
/// mean, so that who moves does not count.
/// </param>
public sealed record CodeMoments(IReadOnlyList<double> Mean, IReadOnlyList<double> Covariance, IReadOnlyList<double> Autocorrelation)
{
    /// <summary>Frames between the codes that are correlated.</summary>
    public static IReadOnlyList<int> Lags { get; } = [1, 2, 4, 8, 16, 32];

    /// <summary>Measures sequences.</summary>
    /// <param name="codes">[B, L, D], L above the largest lag.</param>
    /// <param name="scale">Scale of each dimension.</param>
    public static CodeMoments Of(Tensor codes, IReadOnlyList<float> scale)
    {
        if (codes.dim() != 3 || codes.shape[1] <= Lags[^1] || codes.shape[2] != scale.Count)
            throw new ArgumentException($"Expected codes [B, L > {Lags[^1]}, {scale.Count}], found [{string.Join(", ", codes.shape)}].", nameof(codes));
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var a = codes.detach().cpu().to(ScalarType.Float64) / tensor(scale.ToArray()).to(ScalarType.Float64);
        var mean = a.mean([0L, 1L]);
        var deviation = (a - mean).flatten(0, 1);
        var covariance = deviation.t().mm(deviation) / deviation.shape[0];
        var own = a - a.mean([1L], true);
        return new CodeMoments(mean.ToArray<double>(), covariance.contiguous().ToArray<double>(), [.. Lags.Select(Correlation)]);

        double Correlation(int lag)
        {
            var (early, late) = (own.narrow(1, 0, own.shape[1] - lag), own.narrow(1, lag, own.shape[1] - lag));
            var product = (early * late).sum([0L, 1L]);
            var norm = (early.square().sum([0L, 1L]) * late.square().sum([0L, 1L])).sqrt().clamp(1e-12);
            return (product / norm).mean().item<double>();
        }
    }

    /// <summary>How far the means are apart: root mean square over dimensions, in units of the scale.</summary>
    /// <param name="real">Moments of real sequences, of the same scale.</param>
    public double MeanError(CodeMoments real) => Math.Sqrt(Mean.Zip(real.Mean, (a, b) => (a - b) * (a - b)).Average());

    /// <summary>How far the covariances are apart: |Σ − Σ_real| / |Σ_real| in the Frobenius norm.</summary>
    /// <param name="real">Moments of real sequences, of the same scale.</param>
    public double CovarianceError(CodeMoments real) =>
        Math.Sqrt(Covariance.Zip(real.Covariance, (a, b) => (a - b) * (a - b)).Sum() / Math.Max(real.Covariance.Sum(b => b * b), 1e-300));
}
