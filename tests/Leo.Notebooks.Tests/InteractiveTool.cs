using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Leo.Kernel.Notebooks;

namespace Leo.Notebooks.Tests;

/// <summary>.NET Interactive, the kernel of Polyglot Notebooks, as Jupyter runs a notebook in it.</summary>
internal static class InteractiveTool
{
    private static readonly string Root = Path.GetDirectoryName(SeriesTests.Folder)!;
    private static readonly string DotNet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
    private static readonly string Program = Path.Combine(DotNet, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    private static readonly Lazy<string?> Restored = new(() =>
    {
        var (code, log) = Run(Program, ["tool", "restore"], Root, [], TimeSpan.FromMinutes(3));
        return code == 0 ? null : $"`dotnet tool restore` could not get .NET Interactive, in which the notebooks run as well: {log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()}";
    });

    /// <summary>Restores the tool in the version of <c>.config/dotnet-tools.json</c>, unless it is there: 49 MB from NuGet.</summary>
    /// <value>Why it cannot be had; null where it can.</value>
    public static string? Missing => Restored.Value;

    /// <summary>Runs a notebook of the series from top to bottom.</summary>
    /// <returns>It, with the outputs.</returns>
    public static Notebook Execute(string name, TimeSpan patience)
    {
        string folder = Directory.CreateTempSubdirectory("leo-interactive-").FullName;
        try
        {
            string spec = Directory.CreateDirectory(Path.Combine(folder, "share", "kernels", NotebookMetadata.KernelName)).FullName;
            File.WriteAllText(Path.Combine(spec, "kernel.json"), new JsonObject
            {
                ["argv"] = new JsonArray(Program, "tool", "run", "dotnet-interactive", "--", "jupyter", "--default-kernel", "csharp", "--http-local-only", "{connection_file}"),
                ["display_name"] = NotebookMetadata.DisplayName,
                ["language"] = NotebookMetadata.Language,
            }.ToJsonString());
            // Debian's Jupyter belongs to Debian's Python, whichever Python comes first on the PATH.
            var (code, log) = Run("/usr/bin/python3",
                ["-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=-1", "--ExecutePreprocessor.startup_timeout=120", "--output-dir", folder, name],
                SeriesTests.Folder,
                new()
                {
                    ["JUPYTER_PATH"] = Path.Combine(folder, "share"),
                    ["JUPYTER_RUNTIME_DIR"] = Path.Combine(folder, "runtime"),
                    ["JUPYTER_CONFIG_DIR"] = Path.Combine(folder, "config"),
                    ["DOTNET_ROOT"] = DotNet,
                    ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1",
                    // It asks for a heap a core, and a short run does not earn what profiling it costs: together a seventh of the processor time.
                    ["DOTNET_gcServer"] = "0",
                    ["DOTNET_TieredPGO"] = "0",
                    [Leo.Lab.Display.Notebook.PresetVariable] = "tiny",
                },
                patience);
            Assert.True(code == 0, log);
            return Notebook.Read(Path.Combine(folder, name));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Log) Run(string program, string[] arguments, string folder, Dictionary<string, string> environment, TimeSpan patience)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        bool inTime = process.WaitForExit(patience);
        if (!inTime) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (inTime ? process.ExitCode : -1, $"{output.Result}{error.Result}{(inTime ? "" : $"\nended after {patience.TotalMinutes:0.#} minutes")}");
    }
}
