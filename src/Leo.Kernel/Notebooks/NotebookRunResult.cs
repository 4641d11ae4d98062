namespace Leo.Kernel.Notebooks;

/// <summary>What came of running a notebook.</summary>
/// <param name="Notebook">The notebook with its outputs.</param>
/// <param name="CellsRun">Code cells that were run.</param>
/// <param name="Seconds">How long that took, without the kernel's start.</param>
/// <param name="Failure">Why it stopped early; null where it did not.</param>
internal sealed record NotebookRunResult(Notebook Notebook, int CellsRun, double Seconds, NotebookFailure? Failure);

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
