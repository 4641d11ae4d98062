using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>Points in the plane.</summary>
/// <param name="X">Where they are, horizontally.</param>
/// <param name="Y">Where they are, vertically; as many.</param>
public sealed record ScatterTrace(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Trace
{
    /// <summary>Diameter, screen pixels. <value>Default 6.</value></summary>
    public double Size { get; init; } = 6;

    /// <summary>A number for each point that its colour shows; a scale stands beside the figure. <value>Default null: one colour.</value></summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>What each point says on hover; any text. <value>Default null: its place.</value></summary>
    public IReadOnlyList<string>? Labels { get; init; }

    internal override IEnumerable<double> Extent(bool vertical) => vertical ? Y : X;

    internal override JsonObject ToPlotly(string colour)
    {
        CheckLengths(X.Count, (nameof(Y), Y.Count), (nameof(Values), Values?.Count), (nameof(Labels), Labels?.Count));
        var json = Start("scatter");
        json["mode"] = "markers";
        json["x"] = PlotlyText.Numbers(X);
        json["y"] = PlotlyText.Numbers(Y);
        json["marker"] = Marker(colour, Size, Values);
        if (Labels is not null)
            (json["text"], json["hoverinfo"]) = (PlotlyText.Texts(Labels), "text");
        return json;
    }

    internal static JsonObject Marker(string colour, double size, IReadOnlyList<double>? values)
    {
        var marker = new JsonObject { ["size"] = size, ["opacity"] = 0.85 };
        if (values is null)
            marker["color"] = colour;
        else
            (marker["color"], marker["colorscale"], marker["showscale"]) = (PlotlyText.Numbers(values), "Viridis", true);
        return marker;
    }
}
