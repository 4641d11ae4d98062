using Leo.Kernel.Cells;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Host;

/// <summary>One execution of a cell: what its code, and everything it starts, belongs to.</summary>
internal sealed class CellScope(WireMessage request)
{
    private static readonly AsyncLocal<CellScope?> Flowing = new();
    private static volatile CellScope? _latest;

    /// <summary>
    /// The execution that the calling code belongs to. It flows to threads and tasks, so that a thread of an earlier cell prints under
    /// that cell; where it does not flow, it is the last one.
    /// </summary>
    public static CellScope? Current => Flowing.Value ?? _latest;

    /// <summary>The request that started it.</summary>
    public WireMessage Request { get; } = request;

    /// <summary>Its stop button.</summary>
    public CellInterrupt Interrupt { get; } = new();

    /// <summary>What it may still print, by stream.</summary>
    public OutputBudget Stdout { get; } = new();

    /// <inheritdoc cref="Stdout"/>
    public OutputBudget Stderr { get; } = new();

    /// <summary>Makes it the current one on this thread and on what it starts.</summary>
    public void Enter() => Flowing.Value = _latest = this;

    /// <summary>Takes it off this thread.</summary>
    public static void Leave() => Flowing.Value = null;
}
