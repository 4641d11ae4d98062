using System.Diagnostics;
using System.Text;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Client;

/// <summary>A kernel that this process has started, with its connection file.</summary>
internal sealed class KernelProcess : IDisposable
{
    private const int MostLog = 64 << 10;
    private readonly Process _process;
    private readonly string _folder;
    private readonly StringBuilder _log = new();

    private KernelProcess(Process process, string folder, ConnectionInfo connection)
    {
        (_process, _folder, Connection) = (process, folder, connection);
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The kernel's program: the one beside this program, or the one that <c>LEO_KERNEL</c> names.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("LEO_KERNEL") is { Length: > 0 } given
        ? Path.GetFullPath(given) : Path.Combine(AppContext.BaseDirectory, "leo-kernel.dll");

    /// <summary>Where its channels are.</summary>
    public ConnectionInfo Connection { get; }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What the process itself has written, which is not what cells print.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="folder">The folder that it works in: that of the notebook.</param>
    /// <param name="environment">Variables to set.</param>
    /// <exception cref="KernelException">There is no kernel beside this program, or it cannot be started.</exception>
    public static KernelProcess Start(string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (!File.Exists(Program)) throw new KernelException(Program, "the kernel is not there", "Build src/Leo.Kernel, or correct LEO_KERNEL");
        // Readable by the owner only, both the folder and the file.
        string temporary = Directory.CreateTempSubdirectory("leo-kernel-").FullName;
        var connection = ConnectionInfo.Create();
        string file = Path.Combine(temporary, "connection.json");
        connection.Write(file);
        var start = new ProcessStartInfo(DotNet.Program, [Program, file])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in KernelEnvironment.Variables()) start.Environment[key] = value;
        start.Environment["JPY_PARENT_PID"] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        var process = Process.Start(start) ?? throw new KernelException(Program, "the kernel could not be started", "Check that `dotnet` is on the PATH");
        return new(process, temporary, connection);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Whether it came in time.</returns>
    public bool WaitForExit(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>Ends it and what it started, at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
        }
    }

    /// <summary>Ends it, and removes its connection file.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.WaitForExit(5000);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_log)
        {
            if (_log.Length < MostLog) _log.AppendLine(line);
        }
    }
}
