using System.Diagnostics;
using System.Globalization;

namespace Leo.Fuzz;

/// <summary>
/// Runs inputs in child processes with bounded memory, and ends what hangs. A child that dies, or says nothing for long, is a
/// finding; the next child goes on behind the input that did it.
/// </summary>
internal static class FuzzRun
{
    private const int MostFindings = 200;

    /// <summary>Tries a stretch of inputs of one target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="first">Number of the first input.</param>
    /// <param name="count">How many.</param>
    public static FuzzReport Run(FuzzTarget target, long seed, long first, long count)
    {
        string root = Scratch();
        try
        {
            var findings = new List<FuzzFinding>();
            long refused = 0, peak = 0, next = first;
            double slowest = 0;
            while (next < first + count && findings.Count < MostFindings)
            {
                var (last, summary) = Work(target, seed, next, first + count - next, root, findings);
                next = last + 1;
                if (summary is [var r, var p, var s])
                    (refused, peak, slowest) = (refused + (long)r, Math.Max(peak, (long)p), Math.Max(slowest, s));
            }
            return new FuzzReport(target.Name, next - first, refused, peak, slowest, findings);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static (long Last, double[]? Summary) Work(FuzzTarget target, long seed, long first, long count, string root, List<FuzzFinding> findings)
    {
        string scratch = Path.Combine(root, "tmp"), folder = Path.Combine(root, "tree");
        Directory.CreateDirectory(scratch);
        using var process = Start(target, scratch, [target.Name, .. ((long[])[seed, first, count]).Select(n => n.ToString(CultureInfo.InvariantCulture)), folder]);
        var errors = process.StandardError.ReadToEndAsync();
        long last = first - 1;
        double[]? summary = null;
        bool hung = false;
        while (true)
        {
            var line = process.StandardOutput.ReadLineAsync();
            if (!line.Wait(TimeSpan.FromSeconds(target.Patience)))
            {
                hung = true;
                process.Kill(entireProcessTree: true);
                break;
            }
            if (line.Result is not { Length: > 0 } news)
                break;
            if (news[0] == '!')
                findings.Add(new FuzzFinding(target.Name, seed, last, news[(news.IndexOf(' ', 2) + 1)..]));
            else if (news[0] == '~')
                continue; // for people who start a worker by hand
            else if (news[0] == '=')
                summary = [.. news[2..].Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            else
                last = long.Parse(news, CultureInfo.InvariantCulture);
        }
        process.WaitForExit();
        if (hung)
            findings.Add(new FuzzFinding(target.Name, seed, last, $"hang: no end after {target.Patience} s"));
        else if (summary is null)
            findings.Add(new FuzzFinding(target.Name, seed, last, $"crash: the process ended with {process.ExitCode}. {Tail(errors.Result)}"));
        return (summary is null ? Math.Max(last, first) : first + count - 1, summary);
    }

    // In memory where there is such a folder: files are flushed to the disk by the thousand, which proves nothing here.
    private static string Scratch()
    {
        const string Memory = "/dev/shm";
        if (!Directory.Exists(Memory))
            return Directory.CreateTempSubdirectory("leo-fuzz-").FullName;
        string root = Path.Combine(Memory, $"leo-fuzz-{Guid.NewGuid():N}");
        return Directory.CreateDirectory(root).FullName;
    }

    private static Process Start(FuzzTarget target, string scratch, string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "leo-fuzz.dll");
        // ulimit is the shell's; the arguments reach it as a list. Private memory, for address space is cheap: .NET reserves much of it.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("dotnet") : new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", $"ulimit -c 0 -d {target.MostMemory}; exec dotnet \"$@\"", "sh" } };
        foreach (string argument in (string[])["exec", program, .. arguments])
            start.ArgumentList.Add(argument);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x30000000"; // 768 MiB
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["TMPDIR"] = scratch;
        return Process.Start(start)!;
    }

    private static string Tail(string text)
    {
        text = text.Trim().ReplaceLineEndings(" ");
        return text.Length <= 600 ? text : text[..600];
    }
}
