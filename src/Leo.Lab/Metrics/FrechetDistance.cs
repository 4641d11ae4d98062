using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// Distance of two Gaussians fitted to features (Dowson &amp; Landau 1982): <c>|μₐ − μᵦ|² + tr(Σₐ + Σᵦ − 2(ΣₐΣᵦ)^½)</c>. With I3D's
/// features of videos it is FVD (Unterthiner et al. 2018).
/// </summary>
public static class FrechetDistance
{
    private const double Tiny = 1e-10; // TensorFlow GAN's rule: below it the singular value stands for its root

    /// <summary>Distance of two sets.</summary>
    /// <param name="a">[N, D].</param>
    /// <param name="b">[M, D]; N and M may differ and may be less than D.</param>
    /// <param name="form">Which published form.</param>
    /// <param name="nameA">What to call the first set in errors.</param>
    /// <param name="nameB">What to call the second.</param>
    /// <exception cref="MetricException">Fewer than two samples, a number that is not finite, or different widths.</exception>
    public static double Between(Tensor a, Tensor b, FrechetForm form, string nameA = "the first set", string nameB = "the second set")
    {
        ArgumentNullException.ThrowIfNull(form);
        FeatureChecks.Require(a, nameA, 2);
        FeatureChecks.Require(b, nameB, 2);
        FeatureChecks.RequireSameWidth(a.shape[1], b.shape[1], nameA, nameB);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (form.Root == MatrixRoot.Svd32)
        {
            // With few samples the covariance is singular and its rounding errors count: the moments are taken in Float32, too.
            var (meanA, sigmaA) = Moments32(a, form.Unbiased);
            var (meanB, sigmaB) = Moments32(b, form.Unbiased);
            return BySingularValues(meanA, sigmaA, meanB, sigmaB);
        }
        using FeatureStatistics ofA = FeatureStatistics.Of(a, nameA), ofB = FeatureStatistics.Of(b, nameB);
        return Between(ofA, ofB, form, nameA, nameB);
    }

    /// <summary>Distance of two sets of which only the statistics were kept.</summary>
    /// <param name="a">Of the first set.</param>
    /// <param name="b">Of the second set.</param>
    /// <param name="form">Which published form.</param>
    /// <param name="nameA">What to call the first set in errors.</param>
    /// <param name="nameB">What to call the second.</param>
    /// <exception cref="MetricException">Fewer than two samples, or different widths.</exception>
    public static double Between(FeatureStatistics a, FeatureStatistics b, FrechetForm form, string nameA = "the first set", string nameB = "the second set")
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(form);
        foreach (var (set, name) in ((FeatureStatistics, string)[])[(a, nameA), (b, nameB)])
        {
            if (set.Count < 2)
                throw new MetricException(name, $"expected at least 2 samples, found {set.Count}", "Give more samples");
        }
        FeatureChecks.RequireSameWidth(a.Width, b.Width, nameA, nameB);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor sigmaA = a.Covariance(form.Unbiased), sigmaB = b.Covariance(form.Unbiased);
        if (form.Root == MatrixRoot.Eigen)
            return ByEigenvalues(a.Mean, sigmaA, b.Mean, sigmaB);
        var type = form.Root == MatrixRoot.Svd32 ? ScalarType.Float32 : ScalarType.Float64;
        return BySingularValues(a.Mean.to(type), sigmaA.to(type), b.Mean.to(type), sigmaB.to(type));
    }

    private static (Tensor Mean, Tensor Covariance) Moments32(Tensor features, bool unbiased)
    {
        var x = features.detach().cpu().to(ScalarType.Float32).transpose(0, 1);
        var mean = x.mean([1L], keepdim: true);
        var centred = x - mean;
        return (mean.squeeze(1), centred.mm(centred.transpose(0, 1)) * (1.0 / (x.shape[1] - (unbiased ? 1 : 0))));
    }

    private static double BySingularValues(Tensor meanA, Tensor sigmaA, Tensor meanB, Tensor sigmaB)
    {
        var rootA = SymmetricRoot(sigmaA);
        // In this order, and with the root written out for its trace: with few samples Float32 shows every other way in the fifth digit.
        var cross = SymmetricRoot(rootA.mm(sigmaB.mm(rootA))).trace();
        var distance = (sigmaA + sigmaB).trace() - 2.0 * cross + (meanA - meanB).square().sum();
        return distance.to(ScalarType.Float64).item<double>();
    }

    private static Tensor SymmetricRoot(Tensor matrix)
    {
        var (u, s, vh) = linalg.svd(matrix);
        return (u * where(s.lt(Tiny), s, s.sqrt())).mm(vh);
    }

    // ΣₐΣᵦ has the eigenvalues of the symmetric Σₐ^½ Σᵦ Σₐ^½. What rounding made negative is zero.
    private static double ByEigenvalues(Tensor meanA, Tensor sigmaA, Tensor meanB, Tensor sigmaB)
    {
        var (values, vectors) = linalg.eigh(sigmaA);
        var rootA = (vectors * values.clamp_min(0).sqrt()).mm(vectors.transpose(0, 1));
        var product = rootA.mm(sigmaB).mm(rootA);
        var cross = linalg.eigvalsh((product + product.transpose(0, 1)) / 2).clamp_min(0).sqrt().sum();
        return ((sigmaA + sigmaB).trace() - 2.0 * cross + (meanA - meanB).square().sum()).item<double>();
    }
}

/// <summary>Which of the published Fréchet distances is meant.</summary>
/// <param name="Unbiased">Whether the covariance is divided by n − 1 instead of n.</param>
/// <param name="Root">How the matrix root is taken.</param>
public sealed record FrechetForm(bool Unbiased, MatrixRoot Root)
{
    /// <summary>VideoGPT's code, which DIGAN and TATS took over: n − 1, Float32 singular values.</summary>
    public static FrechetForm VideoGpt { get; } = new(true, MatrixRoot.Svd32);

    /// <summary>StyleGAN-V's code: n, Float64 matrix root.</summary>
    public static FrechetForm StyleGanV { get; } = new(false, MatrixRoot.Eigen);

    /// <summary>A few words that stand beside the number.</summary>
    public string Name => $"{(Unbiased ? "n-1" : "n")} covariance, {Root switch { MatrixRoot.Svd32 => "float32 SVD", MatrixRoot.Svd64 => "float64 SVD", _ => "float64 eigenvalue" }} root";
}

/// <summary>How the trace of <c>(ΣₐΣᵦ)^½</c> is found: equal in exact arithmetic, different in the last digits and where samples are few.</summary>
public enum MatrixRoot
{
    /// <summary>
    /// Two symmetric roots by singular values in Float32, where a singular value below 1e-10 stays as it is instead of its root being taken:
    /// TensorFlow GAN's form, as VideoGPT, DIGAN and TATS have it.
    /// </summary>
    Svd32,

    /// <summary>The same in Float64.</summary>
    Svd64,

    /// <summary>
    /// The square root of the matrix product in Float64, by eigenvalues. StyleGAN-V takes <c>scipy.linalg.sqrtm</c> of the product, which
    /// is not symmetric; its trace is the sum of the roots of the same eigenvalues, and these stay exact where the covariances are singular.
    /// </summary>
    Eigen,
}
