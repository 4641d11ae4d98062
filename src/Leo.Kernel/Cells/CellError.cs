namespace Leo.Kernel.Cells;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">Type of the error.</param>
/// <param name="Message">What it says.</param>
/// <param name="Traceback">Lines for a person, with terminal colours.</param>
/// <param name="Line">Line of the cell, from 1; null where it is not known.</param>
internal sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line = null)
{
    /// <summary>The cell was stopped by the user.</summary>
    public static CellError Interrupted { get; } = Plain("Interrupted", "the cell was stopped");

    /// <summary>The cell was to be stopped and cannot be.</summary>
    public static CellError Unstoppable { get; } =
        Plain("Interrupted", "the cell waits or is in native code and could not be stopped; it runs on in the background until the kernel is restarted");

    /// <summary>The cell's thread went away under it.</summary>
    public static CellError ThreadLost { get; } = Plain("ThreadLost", "the cell's thread ended before its code did");

    /// <summary>An error without a place.</summary>
    public static CellError Plain(string name, string message, params IEnumerable<string> more) =>
        new(name, message, [$"{Red}{name}: {message}{Reset}", .. more]);

    internal const string Red = "\u001b[31m", Reset = "\u001b[0m", Faint = "\u001b[2m";
}
