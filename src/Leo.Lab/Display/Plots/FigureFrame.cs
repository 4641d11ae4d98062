namespace Leo.Lab.Display.Plots;

/// <summary>One picture of an animation.</summary>
/// <param name="Label">Stands at the slider; any text.</param>
/// <param name="Traces">What takes the place of the figure's first traces.</param>
public sealed record FigureFrame(string Label, IReadOnlyList<Trace> Traces);
