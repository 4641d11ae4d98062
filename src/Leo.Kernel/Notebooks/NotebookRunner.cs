using System.Diagnostics;
using System.Text.Json.Nodes;
using Leo.Kernel.Client;

namespace Leo.Kernel.Notebooks;

/// <summary>Runs a notebook from the first cell to the last in a kernel of its own, as a front end would, without one.</summary>
internal sealed class NotebookRunner
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(60), Stopping = TimeSpan.FromSeconds(10);

    /// <summary>Longest time for one notebook.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Variables of the kernel's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Told of every cell before it runs: its number, how many there are.</summary>
    public Action<int, int>? CellBegins { get; init; }

    /// <summary>Runs the notebook in its folder, up to the first cell that fails and may not.</summary>
    /// <exception cref="KernelException">No kernel could be started.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NotebookRunResult Run(string path, CancellationToken cancellation = default)
    {
        var notebook = Notebook.Read(path);
        using var kernel = KernelProcess.Start(Path.GetDirectoryName(Path.GetFullPath(path))!, Environment);
        using var client = new KernelClient(kernel.Connection);
        try
        {
            client.WaitUntilReady(Start, () => !kernel.HasExited && !cancellation.IsCancellationRequested);
        }
        catch (TimeoutException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new KernelException(path, $"its kernel did not start ({Last(kernel.Log)})", "Check that libzmq is installed: apt-get install libzmq5", e);
        }
        var clock = Stopwatch.StartNew();
        var (run, failure) = RunCells(notebook, kernel, client, clock, cancellation);
        double seconds = clock.Elapsed.TotalSeconds;
        client.Shutdown();
        kernel.WaitForExit(TimeSpan.FromSeconds(5));
        cancellation.ThrowIfCancellationRequested();
        notebook.Normalise();
        return new(notebook, run, seconds, failure);
    }

    private (int Run, NotebookFailure? Failure) RunCells(Notebook notebook, KernelProcess kernel, KernelClient client, Stopwatch clock, CancellationToken cancellation)
    {
        var outputs = new CellOutputs();
        int? line = null;
        client.Published = message =>
        {
            outputs.Add(message);
            if (message.Type == "error" && message.Metadata["line"] is JsonValue value && value.TryGetValue(out int number)) line = number;
        };
        NotebookCell[] cells = [.. notebook.Cells.Where(c => c.IsCode)];
        foreach (var cell in notebook.Cells.Where(c => c.IsOfCode)) (cell.Outputs, cell.Number) = ([], null);
        for (int i = 0; i < cells.Length; i++)
        {
            CellBegins?.Invoke(i + 1, cells.Length);
            line = null;
            string id = client.Send("execute_request", new JsonObject { ["code"] = cells[i].Source, ["silent"] = false, ["store_history"] = true, ["allow_stdin"] = false, ["stop_on_error"] = true });
            outputs.Begin(id, cells[i]);
            try
            {
                var reply = client.Wait(id, Timeout - clock.Elapsed, goOn: () => !kernel.HasExited && !cancellation.IsCancellationRequested);
                if (reply.Text("status") == "ok" || cells[i].MayFail) continue;
                string traceback = string.Join('\n', reply.Content["traceback"]?.AsArray().Select(NotebookText.Join) ?? []);
                return (i + 1, new(i + 1, line, $"{reply.Text("ename")}: {reply.Text("evalue")}", traceback));
            }
            catch (TimeoutException)
            {
                if (kernel.HasExited) return (i + 1, new(i + 1, null, $"the kernel ended with code {kernel.ExitCode} ({Last(kernel.Log)})", kernel.Log));
                Stop(client, id);
                return (i + 1, new(i + 1, null, cancellation.IsCancellationRequested ? "interrupted" : $"the notebook took longer than {Timeout.TotalSeconds:0.###} s", ""));
            }
        }
        return (cells.Length, null);
    }

    // What a training saves on an interrupt is saved here as well.
    private static void Stop(KernelClient client, string id)
    {
        client.Send("interrupt_request", [], control: true);
        try
        {
            client.Wait(id, Stopping);
        }
        catch (TimeoutException)
        {
            // It is killed with its process.
        }
    }

    private static string Last(string log) => log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it said nothing";
}
