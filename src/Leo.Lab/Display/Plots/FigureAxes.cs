using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>The axes of a figure.</summary>
internal static class FigureAxes
{
    // Below so many cells each gets its number; more would not fit.
    private const int MostNumbered = 20;

    public static JsonObject Horizontal(Figure figure)
    {
        var axis = Axis(figure.XLabel);
        if (figure.EqualUnits)
            axis["constrain"] = "domain";
        if (figure.Traces.OfType<HeatMapTrace>().Any(t => t.ColumnNames is null && t.Values.GetLength(1) <= MostNumbered))
            axis["dtick"] = 1;
        Hold(axis, figure, vertical: false);
        return axis;
    }

    public static JsonObject Vertical(Figure figure)
    {
        var axis = Axis(figure.YLabel);
        if (figure.LogY)
            (axis["type"], axis["exponentformat"]) = ("log", "power");
        if (figure.EqualUnits)
            (axis["scaleanchor"], axis["scaleratio"], axis["constrain"]) = ("x", 1, "domain");
        if (figure.Traces.OfType<HeatMapTrace>().Any(t => t.RowNames is null && t.Values.GetLength(0) <= MostNumbered))
            axis["dtick"] = 1;
        if (figure.Traces.Any(t => t is HeatMapTrace))
            axis["autorange"] = "reversed";
        else
            Hold(axis, figure, vertical: true);
        return axis;
    }

    public static JsonObject Scene(Figure figure) => new()
    {
        ["xaxis"] = Axis(figure.XLabel),
        ["yaxis"] = Axis(figure.YLabel),
        ["zaxis"] = Axis(figure.ZLabel),
        ["aspectmode"] = figure.EqualUnits ? "data" : "cube",
        ["camera"] = new JsonObject
        {
            ["eye"] = new JsonObject { ["x"] = 1.45, ["y"] = 1.45, ["z"] = 0.95 },
            ["center"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["z"] = -0.17 },
        },
    };

    private static JsonObject Axis(string label) => new() { ["title"] = new JsonObject { ["text"] = PlotlyText.Encode(label) } };

    // An animation's axes stand still and hold all its pictures; plotly.js would fit them to the first one.
    private static void Hold(JsonObject axis, Figure figure, bool vertical)
    {
        if (figure.Frames.Count == 0)
            return;
        bool log = vertical && figure.LogY;
        var values = figure.Traces.Concat(figure.Frames.SelectMany(f => f.Traces)).SelectMany(t => t.Extent(vertical))
            .Select(v => log ? Math.Log10(v) : v).Where(double.IsFinite).ToArray();
        if (values.Length == 0)
            return;
        double least = values.Min(), most = values.Max(), room = most > least ? 0.05 * (most - least) : 0.5;
        axis["range"] = new JsonArray(PlotlyText.Number(least - room), PlotlyText.Number(most + room));
    }
}
