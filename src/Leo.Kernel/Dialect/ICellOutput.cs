using System.Text.Json.Nodes;

namespace Leo.Kernel.Dialect;

/// <summary>Where what a cell shows goes.</summary>
internal interface ICellOutput
{
    /// <summary>Shows data, or replaces what was shown under an id.</summary>
    void Display(JsonObject data, string displayId, bool update);

    /// <summary>Removes what the cell has shown; with <paramref name="wait"/> when the next thing is shown.</summary>
    void Clear(bool wait);

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    string? Ask(string prompt, bool password);
}
