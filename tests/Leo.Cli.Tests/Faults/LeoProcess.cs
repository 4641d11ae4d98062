using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Leo.Reliability;

/// <summary>The real program in a process of its own: threads, signals and libtorch's generator are a process's.</summary>
internal static partial class LeoProcess
{
    public const int Kill = 9, Interrupt = 2, Terminate = 15;

    /// <summary>Exit code of a process that SIGKILL ended.</summary>
    public const int Killed = 128 + Kill;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command line; <paramref name="meanwhile"/> may do something to it.</summary>
    public static (int Code, string Out, string Error) Run(string line, IReadOnlyDictionary<string, string>? environment = null, Action<Process>? meanwhile = null) =>
        RunProgram(["dotnet", Path.Combine(AppContext.BaseDirectory, "leo.dll"), .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)], environment, meanwhile);

    /// <summary>Runs any program; <paramref name="meanwhile"/> may do something to it.</summary>
    public static (int Code, string Out, string Error) RunProgram(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null, Action<Process>? meanwhile = null)
    {
        // A shell in the background has its children ignore Ctrl-C, and theirs.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        using var child = Process.Start(start)!;
        StringBuilder output = new(), error = new();
        child.OutputDataReceived += (_, e) => output.AppendLine(e.Data);
        child.ErrorDataReceived += (_, e) => error.AppendLine(e.Data);
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        meanwhile?.Invoke(child);
        if (!child.WaitForExit(Longest))
        {
            child.Kill();
            throw new InvalidOperationException($"{string.Join(' ', command)}\nwas still running after {Longest}\n{error}");
        }
        child.WaitForExit(); // until its streams are read to the end
        return (child.ExitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line that has to succeed.</summary>
    /// <returns>What it said on stderr.</returns>
    public static string Complete(string line)
    {
        var (code, _, error) = Run(line);
        return code == 0 ? error : throw new InvalidOperationException($"leo {line}\nended with {code}\n{error}");
    }

    /// <summary>Sends a signal.</summary>
    public static void Signal(Process process, int signal) => _ = KillProcess(process.Id, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillProcess(int process, int signal);
}
