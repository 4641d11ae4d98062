namespace Leo.Kernel.Cells;

/// <summary>Carries a <see cref="CellError"/> out of what prepares a cell.</summary>
internal sealed class CellException(CellError error) : Exception(error.Message)
{
    /// <summary>The error.</summary>
    public CellError Error { get; } = error;
}
