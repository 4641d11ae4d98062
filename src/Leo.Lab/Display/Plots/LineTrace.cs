using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>A line.</summary>
/// <param name="Y">Heights; values that are not finite leave a gap.</param>
public sealed record LineTrace(IReadOnlyList<double> Y) : Trace
{
    /// <summary>Where the heights are; as many as <see cref="Y"/>. <value>Default null: 0, 1, 2 …</value></summary>
    public IReadOnlyList<double>? X { get; init; }

    /// <summary>Whether it is broken, for a reference or a bound. <value>Default false.</value></summary>
    public bool Dashed { get; init; }

    /// <summary>Whether its points are marked. <value>Default false.</value></summary>
    public bool Points { get; init; }

    internal override IEnumerable<double> Extent(bool vertical) => vertical ? Y : X ?? [0, Y.Count - 1];

    internal override JsonObject ToPlotly(string colour)
    {
        CheckLengths(Y.Count, (nameof(X), X?.Count));
        var json = Start("scatter");
        // A single point makes no line, and would not be seen.
        json["mode"] = Points || Y.Count(double.IsFinite) < 2 ? "lines+markers" : "lines";
        if (X is not null)
            json["x"] = PlotlyText.Numbers(X);
        json["y"] = PlotlyText.Numbers(Y);
        json["line"] = new JsonObject { ["color"] = colour, ["width"] = 1.8, ["dash"] = Dashed ? "dash" : "solid" };
        return json;
    }
}
