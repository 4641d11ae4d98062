using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>A path in space, its points coloured from the first, blue, to the last, yellow.</summary>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate; as many.</param>
/// <param name="Z">Third coordinate; as many.</param>
public sealed record TrajectoryTrace(IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> Z) : Trace
{
    /// <summary>Whether points are coloured by time; else all have the line's colour. <value>Default true.</value></summary>
    public bool ShowsTime { get; init; } = true;

    internal override bool IsSpatial => true;

    internal override JsonObject ToPlotly(string colour)
    {
        CheckLengths(X.Count, (nameof(Y), Y.Count), (nameof(Z), Z.Count));
        var json = Start("scatter3d");
        json["mode"] = "lines+markers";
        json["x"] = PlotlyText.Numbers(X);
        json["y"] = PlotlyText.Numbers(Y);
        json["z"] = PlotlyText.Numbers(Z);
        json["line"] = new JsonObject { ["color"] = colour, ["width"] = 3 };
        json["marker"] = ScatterTrace.Marker(colour, 2.5, ShowsTime ? [.. Enumerable.Range(0, X.Count).Select(i => (double)i)] : null);
        // Two trajectories would have two scales that say the same.
        json["marker"]!["showscale"] = false;
        if (ShowsTime)
            json["marker"]!["colorscale"] = new JsonArray(new JsonArray(0, "#3b6fd9"), new JsonArray(0.5, "#2fa7a0"), new JsonArray(1, "#e8b339")); // seen on light and on dark
        json["text"] = new JsonArray([.. Enumerable.Range(0, X.Count).Select(i => (JsonNode?)$"frame {i}")]);
        return json;
    }
}
