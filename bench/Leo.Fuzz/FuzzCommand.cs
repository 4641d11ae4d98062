using System.Diagnostics;
using System.Globalization;

namespace Leo.Fuzz;

/// <summary><c>./lab bench fuzz</c>: all targets in turn, stretch by stretch, for as long as one likes.</summary>
internal static class FuzzCommand
{
    /// <summary>Runs until the time is over, and at least one stretch of each target.</summary>
    /// <param name="minutes">How long.</param>
    /// <param name="seed">Seed; the same seed tries the same inputs in the same order.</param>
    /// <param name="only">One target's name, or empty for all.</param>
    /// <param name="first">Number of the first input: with <paramref name="only"/>, the way to try one input again.</param>
    /// <param name="output">Where the table goes.</param>
    /// <returns>True if nothing was found.</returns>
    public static bool Run(double minutes, long seed, string only, long first, TextWriter output)
    {
        FuzzTarget[] targets = [.. FuzzTargets.Names.Where(n => only.Length == 0 || n == only).Select(FuzzTargets.Create)];
        var reports = targets.ToDictionary(t => t.Name, _ => new List<FuzzReport>());
        var watch = Stopwatch.StartNew();
        for (int round = 0; round == 0 || watch.Elapsed.TotalMinutes < minutes; round++)
        {
            foreach (var target in targets)
            {
                // A process costs more than a hundred inputs, so stretches grow.
                long done = reports[target.Name].Sum(r => r.Inputs), count = target.InputsInTests * Math.Min(1L << round, 16);
                var report = FuzzRun.Run(target, seed, first + done, count);
                reports[target.Name].Add(report);
                foreach (var f in report.Findings)
                    output.WriteLine($"FOUND {f.Target} --seed {f.Seed} --first {f.Number}: {f.What}");
                if (round > 0 && watch.Elapsed.TotalMinutes >= minutes)
                    break;
            }
        }
        var invariant = CultureInfo.InvariantCulture;
        output.WriteLine($"\n{"target",-14}{"inputs",12}{"refused",12}{"findings",10}{"peak MB",9}{"slowest s",11}");
        foreach (var (name, parts) in reports)
        {
            output.WriteLine(string.Create(invariant, $"{name,-14}{parts.Sum(p => p.Inputs),12}{parts.Sum(p => p.Refused),12}{parts.Sum(p => p.Findings.Count),10}{parts.Max(p => p.PeakMegabytes),9}{parts.Max(p => p.SlowestSeconds),11:0.00}"));
        }
        long found = reports.Values.Sum(l => l.Sum(r => r.Findings.Count));
        output.WriteLine(string.Create(invariant, $"\n{reports.Values.Sum(l => l.Sum(r => r.Inputs))} inputs, seed {seed}, {watch.Elapsed.TotalMinutes:0.0} minutes: {found} findings"));
        return found == 0;
    }
}
