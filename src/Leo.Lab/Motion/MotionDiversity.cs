using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>How different the motions are that start alike (LEO Fig. 6: one appearance, different m).</summary>
public static class MotionDiversity
{
    /// <summary>Mean distance of two sequences of a set, over all pairs: root mean square over frames and dimensions, in units of the scale.</summary>
    /// <param name="codes">[K, L, D], K at least 2. Each sequence counts from its own first code: its m is compared.</param>
    /// <param name="scale">Scale of each dimension.</param>
    public static double Of(Tensor codes, IReadOnlyList<float> scale)
    {
        if (codes.dim() != 3 || codes.shape[0] < 2)
            throw new ArgumentException($"Expected codes [K ≥ 2, L, D], found [{string.Join(", ", codes.shape)}].", nameof(codes));
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var a = codes.detach().cpu().to(ScalarType.Float64) / tensor(scale.ToArray()).to(ScalarType.Float64);
        var m = (a - a.narrow(1, 0, 1)).flatten(1);
        double sum = 0;
        int pairs = 0;
        for (long i = 0L; i < m.shape[0] - 1; i++)
        {
            using var step = NewDisposeScope();
            var distances = (m.narrow(0, i + 1, m.shape[0] - i - 1) - m.narrow(0, i, 1)).square().mean([1L]).sqrt();
            sum += distances.sum().item<double>();
            pairs += (int)distances.shape[0];
        }

        return sum / pairs;
    }
}
