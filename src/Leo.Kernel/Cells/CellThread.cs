namespace Leo.Kernel.Cells;

/// <summary>Runs the code of a cell on a thread of its own, so that it can be aborted and cannot harm the kernel's threads.</summary>
internal static class CellThread
{
    private const int StackBytes = 64 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Runs <paramref name="start"/> and what it awaits to the end, or until it is aborted.</summary>
    public static CellThreadEnd Run(Func<Task> start, CancellationToken abort)
    {
        Task? task = null;
        var context = new AbortableContext(abort);
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            AbortableContext.Abortable(() => task = start(), abort);
        }, StackBytes)
        { IsBackground = true, Name = "cell" };
        thread.Start();
        while (!thread.Join(50))
        {
            if (abort.IsCancellationRequested && !thread.Join(Patience)) return CellThreadEnd.Abandoned;
        }
        if (task is null) return abort.IsCancellationRequested ? CellThreadEnd.Aborted : CellThreadEnd.Lost;
        var ended = ((IAsyncResult)task).AsyncWaitHandle;
        if (WaitHandle.WaitAny([ended, abort.WaitHandle]) == 1 && !SpinWait.SpinUntil(() => task.IsCompleted || !context.IsRunning, Patience))
            return CellThreadEnd.Abandoned;
        return task.IsCompletedSuccessfully ? CellThreadEnd.Finished : abort.IsCancellationRequested ? CellThreadEnd.Aborted : CellThreadEnd.Lost;
    }
}
