namespace Leo.Lab.Display;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Shown in the legend and on hover; any text.</param>
/// <param name="Values">One value a step; values that are not finite leave a gap.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double> Values);
