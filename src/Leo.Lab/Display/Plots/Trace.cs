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
