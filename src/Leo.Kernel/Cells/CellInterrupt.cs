namespace Leo.Kernel.Cells;

/// <summary>
/// The stop button of one cell. Code that has asked for <see cref="Token"/> is trusted to save and end; other code is aborted at
/// once, and so is code that was asked to stop and is stopped a second time.
/// </summary>
internal sealed class CellInterrupt
{
    // Neither is disposed: a callback of a cancellation may still be running when the cell has ended.
    private readonly CancellationTokenSource _ask = new(), _abort = new();
    private volatile bool _observed;
    private int _presses;

    /// <summary>Asks the cell's code to stop. To read it is to promise to watch it.</summary>
    public CancellationToken Token
    {
        get
        {
            _observed = true;
            return _ask.Token;
        }
    }

    /// <summary>Aborts the cell's threads.</summary>
    public CancellationToken Abort => _abort.Token;

    /// <summary>Whether it was pressed at all.</summary>
    public bool IsPressed => Volatile.Read(ref _presses) > 0;

    /// <summary>Presses it, without waiting for what that starts.</summary>
    /// <returns>Whether the code was asked only, so that it can save.</returns>
    public bool Press()
    {
        bool asksOnly = Interlocked.Increment(ref _presses) == 1 && _observed;
        // Callbacks of a token run inside Cancel and may block: the channel that brought the request must not. Nor can this wait for
        // the thread pool, which the cell may have filled.
        var thread = new Thread(() =>
        {
            _ask.Cancel();
            if (!asksOnly) _abort.Cancel();
        })
        { IsBackground = true };
        thread.Start();
        return asksOnly;
    }
}
