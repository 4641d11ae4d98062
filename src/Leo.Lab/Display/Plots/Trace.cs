using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>One thing that a <see cref="Figure"/> draws.</summary>
public abstract record Trace
{
    /// <summary>Shown in the legend and on hover; any text. <value>Default empty.</value></summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it lives in three dimensions; a figure is either flat or spatial.</summary>
    internal virtual bool IsSpatial => false;

    /// <summary>Whether it has a colour that the legend explains.</summary>
    internal virtual bool IsInLegend => Name.Length > 0;

    /// <summary>Values along an axis, for the axes of an animation, which have to hold all its pictures; empty where it does not matter.</summary>
    internal virtual IEnumerable<double> Extent(bool vertical) => [];

    /// <summary>Plotly's description.</summary>
    /// <param name="colour">The colour that is its turn.</param>
    internal abstract JsonObject ToPlotly(string colour);

    private protected JsonObject Start(string type)
    {
        var json = new JsonObject { ["type"] = type };
        if (Name.Length > 0)
            json["name"] = PlotlyText.Encode(Name);
        return json;
    }

    private protected static void CheckLengths(int expected, params (string Name, int? Length)[] others)
    {
        foreach (var (name, length) in others)
        {
            if (length is { } found && found != expected)
                throw new ArgumentException($"{name} has {found} values, not {expected}.", name);
        }
    }
}

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

/// <summary>A matrix as coloured cells, its first row at the top.</summary>
/// <param name="Values">[rows, columns]; values that are not finite stay empty.</param>
public sealed record HeatMapTrace(double[,] Values) : Trace
{
    /// <summary>Names of the columns. <value>Default null: 0, 1, 2 …</value></summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Names of the rows. <value>Default null: 0, 1, 2 …</value></summary>
    public IReadOnlyList<string>? RowNames { get; init; }

    /// <summary>Whether zero is the middle of the scale: blue below, red above. <value>Default false.</value></summary>
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
