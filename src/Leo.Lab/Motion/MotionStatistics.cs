using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// How a set of code sequences moves, in numbers that can be compared between real and sampled ones. Codes are first
/// divided by a scale per dimension, so that every dimension counts alike.
/// </summary>
public sealed record MotionStatistics
{
    /// <summary>Sorted frame-to-frame speeds |α_{i+1} − α_i| / √D of all sequences.</summary>
    public required IReadOnlyList<float> Speeds { get; init; }

    /// <summary>Mean speed.</summary>
    public double SpeedMean => Speeds.Average();

    /// <summary>Mean size of the change of velocity |α_{i+1} − 2α_i + α_{i−1}| / √D; jitter shows here first.</summary>
    public required double AccelerationMean { get; init; }

    /// <summary>Root mean square of |α_i − α₁| / √D: how far the sequences travel.</summary>
    public required double Travel { get; init; }

    /// <summary>Standard deviation within a sequence, averaged over sequences, for each dimension.</summary>
    public required IReadOnlyList<float> Std { get; init; }

    /// <summary>Measures sequences.</summary>
    /// <param name="codes">[B, L, D], L at least 3.</param>
    /// <param name="scale">Scale of each dimension.</param>
    public static MotionStatistics Of(Tensor codes, IReadOnlyList<float> scale)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var a = codes.detach().cpu() / tensor(scale.ToArray());
        double root = Math.Sqrt(a.shape[2]);
        var velocity = a.narrow(1, 1, a.shape[1] - 1) - a.narrow(1, 0, a.shape[1] - 1); // [B, L−1, D]
        var change = velocity.narrow(1, 1, a.shape[1] - 2) - velocity.narrow(1, 0, a.shape[1] - 2);
        float[] speeds = (velocity.square().sum(2).sqrt() / root).flatten().ToArray<float>();
        Array.Sort(speeds);
        return new MotionStatistics
        {
            Speeds = speeds,
            AccelerationMean = (change.square().sum(2).sqrt() / root).mean().item<float>(),
            Travel = (a - a.narrow(1, 0, 1)).square().mean().sqrt().item<float>(),
            Std = (a - a.mean([1L], true)).square().mean([1L]).sqrt().mean([0L]).ToArray<float>(),
        };
    }

    /// <summary>The speed that a part of all frames does not exceed.</summary>
    /// <param name="part">From 0 to 1.</param>
    public double SpeedQuantile(double part) => Speeds[(int)Math.Round(part * (Speeds.Count - 1))];

    /// <summary>
    /// Sampled over real: <c>speed</c>, <c>acceleration</c>, <c>travel</c> and <c>std</c> (geometric mean over dimensions)
    /// as ratios, best at 1; <c>speedDistance</c>, the Wasserstein distance of the speeds over the real mean, best at 0.
    /// </summary>
    /// <param name="real">Statistics of real sequences, of the same scale.</param>
    public IReadOnlyDictionary<string, double> Against(MotionStatistics real)
    {
        double std = Std.Zip(real.Std, (s, r) => Math.Log(Math.Max(s, 1e-12) / Math.Max(r, 1e-12))).Average();
        return new Dictionary<string, double>
        {
            ["speed"] = SpeedMean / Math.Max(real.SpeedMean, 1e-12),
            ["acceleration"] = AccelerationMean / Math.Max(real.AccelerationMean, 1e-12),
            ["travel"] = Travel / Math.Max(real.Travel, 1e-12),
            ["std"] = Math.Exp(std),
            ["speedDistance"] = Wasserstein(Speeds, real.Speeds) / Math.Max(real.SpeedMean, 1e-12),
        };
    }

    // The area between the two quantile functions, which are staircases.
    private static double Wasserstein(IReadOnlyList<float> first, IReadOnlyList<float> second)
    {
        var (i, j, at, area) = (0, 0, 0.0, 0.0);
        while (i < first.Count && j < second.Count)
        {
            var (nextI, nextJ) = ((i + 1.0) / first.Count, (j + 1.0) / second.Count);
            double next = Math.Min(nextI, nextJ);
            area += (next - at) * Math.Abs(first[i] - second[j]);
            at = next;
            i += nextI <= next ? 1 : 0;
            j += nextJ <= next ? 1 : 0;
        }

        return area;
    }
}
