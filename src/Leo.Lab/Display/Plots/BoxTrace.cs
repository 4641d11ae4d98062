using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>A distribution as a box: quartiles, median, whiskers, and each value beyond them as a point.</summary>
/// <param name="Values">The values; those that are not finite are left out.</param>
public sealed record BoxTrace(IReadOnlyList<double> Values) : Trace
{
    // The name already stands under the box.
    internal override bool IsInLegend => false;

    internal override IEnumerable<double> Extent(bool vertical) => vertical ? Values : [];

    internal override JsonObject ToPlotly(string colour)
    {
        var json = Start("box");
        json["y"] = PlotlyText.Numbers(Values.Where(double.IsFinite));
        json["boxpoints"] = "outliers";
        json["marker"] = new JsonObject { ["color"] = colour, ["size"] = 4 };
        json["line"] = new JsonObject { ["width"] = 1.5 };
        return json;
    }
}
