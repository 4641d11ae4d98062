using System.Globalization;

namespace Leo.Lab.Experiments.Tables;

/// <summary>One cell of a table.</summary>
/// <param name="Value">The number; null where there is none.</param>
/// <param name="Spread">What follows ±: a standard deviation over seeds or trials. <value>Default none.</value></param>
/// <param name="Format">How the number reads. <value>Default two decimals.</value></param>
public readonly record struct TableCell(double? Value, double? Spread = null, string Format = "0.00")
{
    /// <summary>A cell without a number.</summary>
    public static TableCell None { get; } = new(null);

    /// <summary>Mean and standard deviation (n − 1) of several runs; one run has no spread.</summary>
    /// <param name="values">A number for each run; at least one.</param>
    /// <param name="format">How the number reads. <value>Default two decimals.</value></param>
    public static TableCell Of(IReadOnlyCollection<double> values, string format = "0.00")
    {
        double mean = values.Average();
        return new TableCell(mean, values.Count > 1 ? Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)) : null, format);
    }

    /// <summary>As it should read: <c>12.30 ± 0.40</c>, <c>–</c> for nothing.</summary>
    public override string ToString() => Value is not { } value || !double.IsFinite(value)
        ? "–"
        : value.ToString(Format, CultureInfo.InvariantCulture) + (Spread is { } spread ? " ± " + spread.ToString(Format, CultureInfo.InvariantCulture) : "");
}
