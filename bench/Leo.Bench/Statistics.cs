namespace Leo.Bench;

/// <summary>Order statistics.</summary>
internal static class Statistics
{
    internal static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The value that a part of all does not exceed, linear between neighbours.</summary>
    internal static double Quantile(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        double at = part * (sorted.Length - 1);
        int below = (int)at;
        return sorted[below] + (at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }
}
