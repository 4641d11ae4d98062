using System.Diagnostics;
using Leo.Reliability;

namespace Leo.Cli.Tests;

/// <summary>The real program in several processes that <c>mpirun</c> starts.</summary>
internal static class MpiProcesses
{
    /// <summary>Why they cannot be tried here; null where they can.</summary>
    public static string? Missing { get; } = Open() ? null : "there is no mpirun of Open MPI here (Debian: openmpi-bin)";

    /// <summary>Runs a command line in several processes; their output is mpirun's.</summary>
    /// <param name="count">Processes.</param>
    /// <param name="line">The command line.</param>
    /// <param name="first">Environment of the first process alone. <value>Default none.</value></param>
    /// <param name="meanwhile">May do something to mpirun. <value>Default nothing.</value></param>
    public static (int Code, string Out, string Error) Run(int count, string line, IReadOnlyDictionary<string, string>? first = null, Action<Process>? meanwhile = null)
    {
        string[] leo = ["dotnet", Path.Combine(AppContext.BaseDirectory, "leo.dll"), .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        string[] command = first is null
            ? ["mpirun", .. Options, "-np", $"{count}", .. leo]
            : ["mpirun", .. Options, "-np", "1", "env", .. first.Select(v => $"{v.Key}={v.Value}"), .. leo, ":", "-np", $"{count - 1}", .. leo];
        // Processes outnumber the cores of a test machine: idle threads must sleep.
        return LeoProcess.RunProgram(command, new Dictionary<string, string> { ["OMP_WAIT_POLICY"] = "passive" }, meanwhile);
    }

    /// <summary>Runs one that has to succeed.</summary>
    /// <returns>What it printed.</returns>
    public static string Complete(int count, string line)
    {
        var (code, output, error) = Run(count, line);
        return code == 0 ? output : throw new InvalidOperationException($"{count} × leo {line}\nended with {code}\n{output}\n{error}");
    }

    /// <summary>Number of the system's process of a rank.</summary>
    public static int ProcessOf(Process mpirun, int rank)
    {
        for (; ; Thread.Sleep(5))
        {
            foreach (string child in File.ReadAllText($"/proc/{mpirun.Id}/task/{mpirun.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (File.ReadAllText($"/proc/{child}/environ").Split('\0').Contains($"OMPI_COMM_WORLD_RANK={rank}"))
                    return int.Parse(child, System.Globalization.CultureInfo.InvariantCulture);
            }
        }
    }

    // Open MPI refuses root, and more processes than cores, unless it is told; bound to one core each, they would wait for whatever else runs there.
    private static string[] Options => ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"];

    private static bool Open()
    {
        try
        {
            using var asked = Process.Start(new ProcessStartInfo("mpirun", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string said = asked.StandardOutput.ReadToEnd();
            asked.WaitForExit();
            return said.Contains("Open MPI", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A test of several processes; skipped where there is no mpirun.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute() => Skip = MpiProcesses.Missing;
}

/// <summary>The same with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute() => Skip = MpiProcesses.Missing;
}
