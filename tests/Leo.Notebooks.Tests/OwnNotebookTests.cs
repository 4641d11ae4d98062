using System.Text.Json.Nodes;
using Leo.Kernel.Notebooks;

namespace Leo.Notebooks.Tests;

/// <summary>A reader's own notebook, outside of the tree.</summary>
public sealed class OwnNotebookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-own-notebook-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cell_ThatUsesTorchSharpAlone_RunsOnTheLibtorchThatTheLibraryIsWrittenFor()
    {
        string library = typeof(Leo.Lab.NativeTorch).Assembly.Location;
        string path = Write($"""
            #r "{library}"
            #r "{Path.Combine(Path.GetDirectoryName(library)!, "TorchSharp.dll")}"
            using static TorchSharp.torch;
            nn.functional.conv2d(ones(1, 1, 4, 4), ones(1, 1, 3, 3)).sum().item<float>()
            """,
            """
            using System.IO;
            // The system's has its version in its name.
            var loaded = File.ReadLines("/proc/self/maps").Select(l => l.Split('/')[^1]).Where(f => f.StartsWith("libtorch_cpu")).Distinct();
            string.Join(' ', loaded)
            """);

        var result = new NotebookRunner { Timeout = TimeSpan.FromMinutes(2) }.Run(path);

        Assert.True(result.Failure is null, $"{result.Failure?.Place}: {result.Failure?.Message}\n{result.Failure?.Traceback}");
        NotebookCell[] cells = [.. result.Notebook.Cells];
        Assert.Equal(["36", "libtorch_cpu.so"], cells.Select(Text));
    }

    private static string Text(NotebookCell cell) => NotebookText.Join(Assert.Single(cell.Outputs)!["data"]!["text/plain"]);

    private string Write(params string[] cells) => WriteIn(_folder, cells);

    internal static string WriteIn(string folder, params string[] cells)
    {
        string path = Path.Combine(folder, "own.ipynb");
        var notebook = new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = NotebookMetadata.Create(),
            ["cells"] = new JsonArray([.. cells.Select((c, i) => new JsonObject { ["cell_type"] = "code", ["id"] = $"c{i}", ["metadata"] = new JsonObject(), ["source"] = c, ["outputs"] = new JsonArray(), ["execution_count"] = null })]),
        };
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }
}
