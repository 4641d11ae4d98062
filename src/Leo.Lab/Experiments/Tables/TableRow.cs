namespace Leo.Lab.Experiments.Tables;

/// <summary>One row of a table.</summary>
/// <param name="Label">The method.</param>
/// <param name="FromPaper">True where the numbers are the paper's; false where they were computed here.</param>
/// <param name="Cells">One for each column.</param>
public sealed record TableRow(string Label, bool FromPaper, IReadOnlyList<TableCell> Cells);
