using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Leo.Kernel.Client;
using Leo.Kernel.Notebooks;

namespace Leo.Kernel;

/// <summary>The file by which Jupyter's front ends find and start the kernel.</summary>
internal static class KernelSpec
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where it goes: the user's kernels, or those of a prefix such as a Python environment.</summary>
    public static string PathFor(string? prefix) => Path.Combine(
        prefix is null ? UserFolder() : Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), "kernels", NotebookMetadata.KernelName, "kernel.json");

    /// <summary>How the kernel is started; a front end puts its connection file in the place of the last word.</summary>
    public static IReadOnlyList<string> CommandLine() => [DotNet.Program, KernelProcess.Program, "{connection_file}"];

    /// <summary>The file's text.</summary>
    /// <exception cref="KernelException">There is no kernel beside this program.</exception>
    public static string Text()
    {
        if (!File.Exists(KernelProcess.Program)) throw new KernelException(KernelProcess.Program, "the kernel is not there", "Build src/Leo.Kernel");
        var environment = new JsonObject();
        foreach (var (key, value) in KernelEnvironment.Variables()) environment[key] = value;
        return new JsonObject
        {
            ["argv"] = new JsonArray([.. CommandLine().Select(a => JsonValue.Create(a))]),
            ["display_name"] = NotebookMetadata.DisplayName,
            ["language"] = NotebookMetadata.Language,
            // A message reaches the kernel on every system, a signal does not.
            ["interrupt_mode"] = "message",
            ["env"] = environment,
        }.ToJsonString(Indented) + "\n";
    }

    // As `jupyter --paths` has it.
    private static string UserFolder()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } own) return own;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        string data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".local", "share");
        return Path.Combine(data, "jupyter");
    }
}
