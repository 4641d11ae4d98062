using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Leo.Cli;
using Leo.Lab.Checkpoints;

namespace Leo.Browser.Tests;

/// <summary>
/// Debian's Jupyter Notebook, serving a copy of a notebook without its outputs to this machine alone, with the kernel that
/// <c>leo kernel install</c> has put below a prefix of its own.
/// </summary>
internal sealed class JupyterServer : IDisposable
{
    private const string Token = "leo-lab";

    // Inside the tree, so that the workbench finds the checkpoints; its ../src is the real one.
    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly Task<string> _log;

    public JupyterServer(string notebook)
    {
        string root = Root();
        _folder = Directory.CreateDirectory(Path.Combine(root, "build", $"jupyter-{Environment.ProcessId}"));
        string copy = Path.Combine(_folder.CreateSubdirectory("notebooks").FullName, notebook);
        File.Copy(Path.Combine(root, "notebooks", notebook), copy);
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "src"), Path.Combine(root, "src"));
        Leo("notebook", "strip", copy);
        Leo("kernel", "install", "--prefix", _folder.FullName);

        int port = FreePort();
        Origin = $"http://127.0.0.1:{port}";
        Url = $"{Origin}/notebooks/notebooks/{notebook}?token={Token}";
        // Debian's Jupyter belongs to Debian's Python, whichever Python comes first on the PATH.
        var start = new ProcessStartInfo("/usr/bin/python3",
            ["-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}", "--port-retries=0", $"--NotebookApp.token={Token}", $"--notebook-dir={_folder.FullName}"])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardError = true,
        };
        start.Environment["JUPYTER_PATH"] = Path.Combine(_folder.FullName, "share", "jupyter");
        start.Environment["JUPYTER_RUNTIME_DIR"] = Path.Combine(_folder.FullName, "runtime");
        start.Environment["JUPYTER_CONFIG_DIR"] = Path.Combine(_folder.FullName, "config");
        start.Environment["JUPYTER_DATA_DIR"] = Path.Combine(_folder.FullName, "data");
        _process = Process.Start(start)!;
        _log = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Origin { get; }

    /// <summary>The notebook's page.</summary>
    public string Url { get; }

    /// <summary>Where pictures of the page are kept.</summary>
    public static string Pictures => Directory.CreateDirectory(Path.Combine(Root(), "build", "jupyter")).FullName;

    /// <summary>Waits until it answers.</summary>
    public async Task Ready()
    {
        using var http = new HttpClient();
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException("Jupyter ended: " + await _log);
            try
            {
                using var reply = await http.GetAsync($"{Origin}/api/status?token={Token}");
                if (reply.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(200);
            }
        }
    }

    public void Dispose()
    {
        // Its kernels are children of it.
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Leo(params string[] args)
    {
        var error = new StringWriter();
        int code = LeoProgram.Run(args, new Shell(new StringWriter(), error, interactive: false, CancellationToken.None));
        Assert.True(code == ExitCode.Success, error.ToString());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Root() => Path.GetDirectoryName(Path.GetDirectoryName(ShippedCheckpoint.Find("animator-faces-tiny.safetensors", "restore the tree")))!;
}
