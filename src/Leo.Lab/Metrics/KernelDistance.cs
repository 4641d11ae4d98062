using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// Squared maximum mean discrepancy (Gretton et al. 2012) with the kernel <c>(x·y / D + 1)³</c>. With I3D's features of videos it is
/// KVD (Unterthiner et al. 2018); as a mean over subsets, times 1000, it is KID (Bińkowski et al. 2018).
/// </summary>
public static class KernelDistance
{
    private const int Rows = 256; // of the kernel matrix at a time: a megabyte, which stays in the cache

    /// <summary>The unbiased estimate over all samples, as DIGAN and TATS compute KVD.</summary>
    /// <param name="a">[N, D].</param>
    /// <param name="b">[M, D].</param>
    /// <param name="nameA">What to call the first set in errors.</param>
    /// <param name="nameB">What to call the second.</param>
    /// <returns>Near 0, on either side of it, for sets of one kind.</returns>
    /// <exception cref="MetricException">Fewer than two samples, a number that is not finite, or different widths.</exception>
    public static double Between(Tensor a, Tensor b, string nameA = "the first set", string nameB = "the second set")
    {
        FeatureChecks.Require(a, nameA, 2);
        FeatureChecks.Require(b, nameB, 2);
        FeatureChecks.RequireSameWidth(a.shape[1], b.shape[1], nameA, nameB);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        // Products in the features' own precision, as numpy does it, sums in Float64: those are of millions.
        var type = a.dtype == ScalarType.Float64 && b.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        Tensor x = a.detach().cpu().to(type), y = b.detach().cpu().to(type);
        double n = x.shape[0], m = y.shape[0];
        return Within(x) / (n * (n - 1)) + Within(y) / (m * (m - 1)) - 2 * Across(x, y) / (n * m);
    }

    /// <summary>Mean over random subsets, times 1000: KID, in the form of StyleGAN2-ADA's and StyleGAN-V's code.</summary>
    /// <param name="a">[N, D].</param>
    /// <param name="b">[M, D].</param>
    /// <param name="subsets">How many are drawn. <value>100 in the published code.</value></param>
    /// <param name="most">Samples in each, at most; fewer where a set is smaller. <value>1000 in the published code.</value></param>
    /// <param name="seed">What the subsets are drawn from.</param>
    /// <param name="nameA">What to call the first set in errors.</param>
    /// <param name="nameB">What to call the second.</param>
    /// <exception cref="MetricException">Fewer than two samples, a number that is not finite, or different widths.</exception>
    public static double OverSubsets(Tensor a, Tensor b, int subsets, int most, long seed, string nameA = "the first set", string nameB = "the second set")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(subsets);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        long size = Math.Min(most, Math.Min(a.shape[0], b.shape[0]));
        using var generator = Seeds.Generator(seed, "metrics.kid");
        double sum = 0;
        for (int i = 0; i < subsets; i++)
        {
            using var scope = NewDisposeScope();
            sum += Between(Subset(a, size, generator), Subset(b, size, generator), nameA, nameB);
        }
        return 1000 * sum / subsets;
    }

    private static Tensor Subset(Tensor set, long size, Generator generator) =>
        size == set.shape[0] ? set : set.index_select(0, randperm(set.shape[0], dtype: ScalarType.Int64, generator: generator).narrow(0, 0, size));

    // The kernel is symmetric: blocks above the diagonal count twice, and of those on it the diagonal not at all.
    private static double Within(Tensor x)
    {
        double sum = 0;
        for (long start = 0; start < x.shape[0]; start += Rows)
        {
            using var scope = NewDisposeScope();
            long count = Math.Min(Rows, x.shape[0] - start), rest = x.shape[0] - start - count;
            var rows = x.narrow(0, start, count);
            var own = Kernel(rows, rows);
            sum += own.sum(ScalarType.Float64).item<double>() - own.diagonal().sum(ScalarType.Float64).item<double>();
            if (rest > 0)
                sum += 2 * Kernel(rows, x.narrow(0, start + count, rest)).sum(ScalarType.Float64).item<double>();
        }
        return sum;
    }

    private static double Across(Tensor x, Tensor y)
    {
        double sum = 0;
        for (long start = 0; start < x.shape[0]; start += Rows)
        {
            using var scope = NewDisposeScope();
            sum += Kernel(x.narrow(0, start, Math.Min(Rows, x.shape[0] - start)), y).sum(ScalarType.Float64).item<double>();
        }
        return sum;
    }

    private static Tensor Kernel(Tensor x, Tensor y) => (x / (double)x.shape[1]).mm(y.transpose(0, 1)).add_(1.0).pow_(3);
}
