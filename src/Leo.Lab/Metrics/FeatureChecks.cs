using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>What every metric asks of features before it trusts them.</summary>
internal static class FeatureChecks
{
    /// <summary>Rows of finite floats, at least <paramref name="least"/> of them.</summary>
    /// <exception cref="MetricException">They are not.</exception>
    internal static void Require(Tensor features, string subject, long least)
    {
        if (features.dim() != 2 || features.shape[1] < 1)
            throw new MetricException(subject, $"expected features [N, D], found [{string.Join(", ", features.shape)}]", "Give one row of numbers for each sample");
        if (features.dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16))
            throw new MetricException(subject, $"expected features in floating point, found {features.dtype}", "Save them as float32");
        if (features.shape[0] < least)
            throw new MetricException(subject, $"expected at least {least} samples, found {features.shape[0]}", "Give more samples");
        RequireFinite(features, subject);
    }

    /// <summary>Only finite numbers.</summary>
    /// <exception cref="MetricException">Names the first row with another.</exception>
    internal static void RequireFinite(Tensor features, string subject)
    {
        using var scope = NewDisposeScope();
        // One bad number spoils the sum. A sum may also overflow by itself: then the closer look finds nothing.
        if (double.IsFinite(features.sum().to(ScalarType.Float64).item<double>()))
            return;
        var bad = features.flatten(1).isfinite().logical_not().any(1).to(ScalarType.Int64);
        long count = bad.sum().item<long>();
        if (count > 0)
            throw new MetricException(subject, string.Create(CultureInfo.InvariantCulture, $"{count} of {features.shape[0]} rows hold NaN or infinity, the first is row {bad.argmax().item<long>()}"),
                "Look at the video of that row, or at what made its features");
    }

    /// <summary>As many numbers a sample in both sets.</summary>
    /// <exception cref="MetricException">They differ.</exception>
    internal static void RequireSameWidth(long a, long b, string nameA, string nameB)
    {
        if (a != b)
            throw new MetricException(nameB, $"expected {a} numbers a sample as in {nameA}, found {b}", "Make both sets with the same extractor");
    }
}
