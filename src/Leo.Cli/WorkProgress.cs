namespace Leo.Cli;

/// <summary>Shows progress the way the reader can use it: a live bar in a terminal, a plain line now and then elsewhere.</summary>
internal static class WorkProgress
{
    /// <summary>Runs <paramref name="work"/> on the calling thread and shows how far it is.</summary>
    /// <param name="shell">Where to show it.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="unit">What is counted, in the plural, for the rate.</param>
    /// <param name="work">The work.</param>
    public static void Track(Shell shell, string title, string unit, Action<IProgressLine> work)
    {
        if (shell.Interactive)
            TerminalProgress.Track(shell, title, unit, work);
        else
            work(new PlainProgress(shell, title, unit));
    }
}
