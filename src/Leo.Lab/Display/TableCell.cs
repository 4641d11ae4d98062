namespace Leo.Lab.Display;

/// <summary>A cell of a <see cref="Table"/>: text, a number, or a number with its spread.</summary>
public sealed record TableCell
{
    private TableCell()
    {
    }

    /// <summary>The text; null for a number.</summary>
    public string? Text { get; private init; }

    /// <summary>The number; NaN for text, and where there is none.</summary>
    public double Value { get; private init; } = double.NaN;

    /// <summary>What stands behind ±: a standard deviation, half an interval. Null for none.</summary>
    public double? Spread { get; private init; }

    /// <summary>Text.</summary>
    public static implicit operator TableCell(string? text) => new() { Text = text ?? "" };

    /// <summary>A number; NaN and infinities are shown as a dash.</summary>
    public static implicit operator TableCell(double value) => new() { Value = value };

    /// <summary>A number that may be missing.</summary>
    public static implicit operator TableCell(double? value) => new() { Value = value ?? double.NaN };

    /// <summary>A whole number.</summary>
    public static implicit operator TableCell(int value) => new() { Value = value };

    /// <summary>A number with its spread.</summary>
    public static implicit operator TableCell((double Mean, double Spread) measured) => new() { Value = measured.Mean, Spread = measured.Spread };

    /// <summary>A value of any type: numbers as numbers, everything else as text.</summary>
    internal static TableCell Of(object? value) => value switch
    {
        TableCell cell => cell,
        bool b => b ? "yes" : "no",
        null => double.NaN,
        (double mean, double spread) => (mean, spread),
        double or float or decimal or Half or byte or sbyte or short or ushort or int or uint or long or ulong =>
            Convert.ToDouble(value is Half h ? (float)h : value, System.Globalization.CultureInfo.InvariantCulture),
        IFormattable f => f.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
