namespace Leo.Lab.Display.Plots;

/// <summary>Round numbers for an axis: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class AxisTicks
{
    /// <summary>Ticks whose first is at or below <paramref name="least"/> and whose last is at or above <paramref name="most"/>.</summary>
    /// <param name="least">Smallest value to show.</param>
    /// <param name="most">Largest value to show; where it equals <paramref name="least"/>, one unit of room is made.</param>
    public static IReadOnlyList<double> Cover(double least, double most)
    {
        if (!(most > least))
            (least, most) = (least - 0.5, least + 0.5);
        double step = Step(least, most);
        var ticks = new List<double>();
        for (double i = Math.Floor(least / step + 1e-9); ; i++)
        {
            ticks.Add(i * step);
            if (i * step >= most - 1e-9 * step)
                return ticks;
        }
    }

    /// <summary>Ticks that lie within both ends.</summary>
    /// <param name="least">Left end.</param>
    /// <param name="most">Right end, above <paramref name="least"/>.</param>
    public static IReadOnlyList<double> Within(double least, double most) =>
        [.. Cover(least, most).Where(tick => tick >= least && tick <= most)];

    private static double Step(double least, double most)
    {
        double rough = (most - least) / 5;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double lead = rough / power;
        return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    }
}
