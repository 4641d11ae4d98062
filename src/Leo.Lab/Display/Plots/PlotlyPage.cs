namespace Leo.Lab.Display.Plots;

/// <summary>Which bundles of plotly.js a page or notebook already holds, so that each goes into it once.</summary>
internal sealed class PlotlyPage
{
    private readonly Dictionary<bool, string> carriers = [];

    /// <summary>The notebook of this process.</summary>
    public static PlotlyPage Notebook { get; } = new();

    /// <summary>Whether a figure of this kind is on the page.</summary>
    public bool Holds(bool spatial)
    {
        lock (carriers)
            return carriers.ContainsKey(spatial);
    }

    /// <summary>
    /// Whether the figure has to bring the bundle along: the first one does, and the same one again, for a cell that is run again
    /// replaces what it had shown.
    /// </summary>
    /// <param name="spatial">Which bundle.</param>
    /// <param name="json">The figure.</param>
    public bool Carries(bool spatial, string json)
    {
        lock (carriers)
        {
            if (carriers.TryAdd(spatial, json))
                return true;
            return carriers[spatial] == json;
        }
    }
}
