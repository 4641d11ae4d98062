using Leo.Lab.Data;

namespace Leo.Cli.Commands;

/// <summary>A long extraction of which what is done is kept, and which says so.</summary>
internal static class KeptWork
{
    /// <summary>Runs it.</summary>
    /// <param name="shell">Where notes go.</param>
    /// <param name="parts">What the work keeps.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="OperationCanceledException">It was stopped; what is done is kept.</exception>
    public static T Run<T>(Shell shell, ExtractionParts parts, Func<T> work)
    {
        int reused = parts.Reused;
        try
        {
            var result = work();
            reused = (int)shell.Team.Total(parts.Reused);
            return result;
        }
        catch (OperationCanceledException)
        {
            shell.Say($"what was seen so far is in {parts.Folder}; the same command goes on with it");
            throw;
        }
        finally
        {
            foreach (string damaged in parts.Damaged)
                shell.Say($"note: made anew: {damaged}");
            if (reused > 0)
                shell.Say($"note: {reused} videos had been looked at before");
        }
    }
}
