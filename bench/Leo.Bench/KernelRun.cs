using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Leo.Kernel.Client;

namespace Leo.Bench;

/// <summary>The notebooks' kernel: how long until it answers, until the first cell, for a small cell, and what memory cells cost.</summary>
internal static class KernelRun
{
    internal const string Name = "kernel";
    private const int Starts = 5, Cells = 200;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    internal static void Run()
    {
        List<double> ready = [], first = [], small = [];
        var memory = new List<long>();
        for (int start = 0; start < Starts; start++)
        {
            var clock = Stopwatch.StartNew();
            using var process = KernelProcess.Start(Path.GetTempPath());
            using var client = new KernelClient(process.Connection);
            client.WaitUntilReady(Long, () => !process.HasExited);
            ready.Add(clock.Elapsed.TotalMilliseconds);
            Cell(client, "1 + 1");
            // Both as a person waits for them: from the start of the process.
            first.Add(clock.Elapsed.TotalMilliseconds);
            if (start > 0) continue;
            memory.Add(Resident(process.Id));
            Cell(client, "var sum = 0;");
            for (int i = 0; i < Cells; i++)
            {
                clock.Restart();
                Cell(client, $"sum += {i}; sum");
                small.Add(clock.Elapsed.TotalMilliseconds);
                if ((i + 1) % (Cells / 2) == 0) memory.Add(Resident(process.Id));
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kernel: ready after {Statistics.Median(ready):0} ms, first cell done after {Statistics.Median(first):0} ms (medians of {Starts} starts)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kernel: small cell {Statistics.Median(small):0.0} ms, 95 % below {Statistics.Quantile(small, 0.95):0.0} ms ({Cells} cells)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kernel: resident {memory[0]} MB after 1 cell, {memory[1]} MB after {Cells / 2}, {memory[2]} MB after {Cells}"));
    }

    private static void Cell(KernelClient client, string code) =>
        client.Ask("execute_request", new JsonObject { ["code"] = code, ["silent"] = false }, Long);

    private static long Resident(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64 >> 20;
    }
}
