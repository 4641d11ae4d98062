namespace Leo.Kernel.Notebooks;

/// <summary>Why a notebook stopped early.</summary>
/// <param name="Cell">Number of the code cell, from 1, as front ends show it.</param>
/// <param name="Line">Line of the cell, where it is known.</param>
/// <param name="Message">What happened.</param>
/// <param name="Traceback">More of it, for a person.</param>
internal sealed record NotebookFailure(int Cell, int? Line, string Message, string Traceback)
{
    /// <summary>The place, for one line of text.</summary>
    public string Place => Line is { } line ? $"cell {Cell}, line {line}" : $"cell {Cell}";
}
