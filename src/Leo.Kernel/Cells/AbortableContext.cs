using System.Runtime;

namespace Leo.Kernel.Cells;

/// <summary>
/// Runs what follows an <c>await</c> in a cell on the thread pool, as it would without any context, but so that it can be aborted.
/// </summary>
/// <remarks>Not one thread that all continuations wait for: a cell that blocks on a task of its own would lock itself out.</remarks>
internal sealed class AbortableContext(CancellationToken abort) : SynchronizationContext
{
    private int _running;

    /// <summary>Whether a continuation runs at this moment. What waits for one that was aborted waits for ever.</summary>
    public bool IsRunning => Volatile.Read(ref _running) > 0;

    public override void Post(SendOrPostCallback d, object? state)
    {
        // Called by the cell's code, which may be aborted at any moment, but never inside a finally: the pool's queue stays whole.
        try
        {
        }
        finally
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => Run(d, state), null);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback d, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        Interlocked.Increment(ref _running);
        try
        {
            Abortable(() => d(state), abort);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs an action on this thread and aborts it when <paramref name="abort"/> is cancelled; not at all where it is already.</summary>
    public static void Abortable(Action action, CancellationToken abort)
    {
        if (abort.IsCancellationRequested) return;
        try
        {
#pragma warning disable SYSLIB0046 // Made for this: hosts of interactive sessions.
            ControlledExecution.Run(action, abort);
#pragma warning restore SYSLIB0046
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // Whoever cancelled it knows.
        }
    }
}
