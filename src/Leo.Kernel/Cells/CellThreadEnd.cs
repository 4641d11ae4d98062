namespace Leo.Kernel.Cells;

/// <summary>How the thread of a cell ended.</summary>
internal enum CellThreadEnd
{
    /// <summary>By itself.</summary>
    Finished,

    /// <summary>It was aborted.</summary>
    Aborted,

    /// <summary>It could not be aborted, for it waits or is in native code, and runs on.</summary>
    Abandoned,

    /// <summary>It ended before the cell's code had.</summary>
    Lost,
}
