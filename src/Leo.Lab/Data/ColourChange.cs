namespace Leo.Lab.Data;

/// <summary>One draw of <see cref="ColourJitter"/>: what happens to the colours of both frames of a pair.</summary>
/// <param name="Brightness">Factor on all values.</param>
/// <param name="Contrast">Factor on the distance to the frame's mean grey.</param>
/// <param name="Saturation">Factor on the distance to the pixel's own grey.</param>
/// <param name="Hue">Turn of the colour circle, −½ to ½.</param>
/// <param name="Order">Which of the 24 orders they are applied in, 0 to 23; 0 is as listed here.</param>
public readonly record struct ColourChange(double Brightness, double Contrast, double Saturation, double Hue, int Order = 0)
{
    /// <summary>Numbers in [0, 1) that a change takes.</summary>
    internal const int Draws = 5;

    /// <summary>A change of strength <paramref name="jitter"/> from five numbers in [0, 1).</summary>
    internal static ColourChange Draw(ReadOnlySpan<double> draws, double jitter)
    {
        return new ColourChange(Factor(draws[0]), Factor(draws[1]), Factor(draws[2]), jitter * (2 * draws[3] - 1), RandomDraws.Index(draws[4], 24));

        double Factor(double draw) => 1 + jitter * (2 * draw - 1);
    }
}
