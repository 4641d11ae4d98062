namespace Leo.Lab.Display.Plots;

/// <summary>Whether a page or notebook already holds plotly.js, so that it goes into it once.</summary>
internal sealed class PlotlyPage
{
    private string? carrier;

    /// <summary>The notebook of this process.</summary>
    public static PlotlyPage Notebook { get; } = new();

    /// <summary>Whether a figure is on the page.</summary>
    public bool HasFigures => Volatile.Read(ref carrier) is not null;

    /// <summary>
    /// Whether the figure has to bring plotly.js along: the first one does, and the same one again, for a cell that is run again replaces
    /// what it had shown.
    /// </summary>
    /// <param name="json">The figure.</param>
    public bool Carries(string json) => (Interlocked.CompareExchange(ref carrier, json, null) ?? json) == json;
}
