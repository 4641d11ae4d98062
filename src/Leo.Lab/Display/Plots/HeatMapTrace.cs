using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>A matrix as coloured cells, its first row at the top.</summary>
/// <param name="Values">[rows, columns]; values that are not finite stay empty.</param>
public sealed record HeatMapTrace(double[,] Values) : Trace
{
    /// <summary>Names of the columns. <value>Default null: 0, 1, 2 …</value></summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Names of the rows. <value>Default null: 0, 1, 2 …</value></summary>
    public IReadOnlyList<string>? RowNames { get; init; }

    /// <summary>Whether nought is the middle of the scale: blue below, red above. <value>Default false.</value></summary>
    public bool Signed { get; init; }

    internal override bool IsInLegend => false;

    internal override JsonObject ToPlotly(string colour)
    {
        int rows = Values.GetLength(0), columns = Values.GetLength(1);
        CheckLengths(columns, (nameof(ColumnNames), ColumnNames?.Count));
        CheckLengths(rows, (nameof(RowNames), RowNames?.Count));
        var json = Start("heatmap");
        json["z"] = new JsonArray([.. Enumerable.Range(0, rows).Select(r => (JsonNode?)PlotlyText.Numbers(Enumerable.Range(0, columns).Select(c => Values[r, c])))]);
        if (ColumnNames is not null)
            json["x"] = PlotlyText.Texts(ColumnNames);
        if (RowNames is not null)
            json["y"] = PlotlyText.Texts(RowNames);
        json["colorscale"] = Signed ? BlueToRed() : "Viridis";
        if (Signed)
        {
            double most = Values.Cast<double>().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            (json["zmin"], json["zmax"]) = (PlotlyText.Number(most > 0 ? -most : -1), PlotlyText.Number(most > 0 ? most : 1));
        }
        return json;
    }

    // Its name in plotly.js, RdBu, means red above in some versions and below in others (colours of Brewer 2003).
    private static JsonArray BlueToRed() => [.. new[] { "#2166ac", "#92c5de", "#f4f4f4", "#f4a582", "#b2182b" }.Select((colour, i) => (JsonNode)new JsonArray(i / 4.0, colour))];
}
