namespace Leo.Kernel.Notebooks;

/// <summary>What came of running a notebook.</summary>
/// <param name="Notebook">The notebook with its outputs.</param>
/// <param name="CellsRun">Code cells that were run.</param>
/// <param name="Seconds">How long that took, without the kernel's start.</param>
/// <param name="Failure">Why it stopped early; null where it did not.</param>
internal sealed record NotebookRunResult(Notebook Notebook, int CellsRun, double Seconds, NotebookFailure? Failure);
