using System.Diagnostics;
using System.Text.Json.Nodes;
using Leo.Kernel.Notebooks;

namespace Leo.Kernel.Tests;

/// <summary>The kernel as Jupyter's own tools start it and talk to it.</summary>
[Collection(KernelCollection.Name)]
public sealed class JupyterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-jupyter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void NbConvert_Executing_FillsInTheOutputs()
    {
        var (code, log) = Execute("""1 + 1""", """display(HTML("<b>bold</b>")); Console.WriteLine("printed");""");
        Assert.True(code == 0, log);
        var notebook = Notebook.Read(At("out.ipynb"));
        Assert.Contains("2", NotebookText.Join(notebook.Cells[0].Outputs[0]!["data"]!["text/html"]));
        Assert.Equal(["<b>bold</b>", "printed\n"], notebook.Cells[1].Outputs.Select(o => NotebookText.Join(o!["data"]?["text/html"] ?? o["text"])));

        // What nbformat has written is the form in which this project writes as well.
        string text = File.ReadAllText(At("out.ipynb"));
        Assert.Equal(text, notebook.ToText());
    }

    [Fact]
    public void NbConvert_WhereACellFails_FailsWithTheCellsLine()
    {
        var (code, log) = Execute("int a = 0;", "\nConsole.WriteLine(1 / a);");
        Assert.Equal(1, code);
        Assert.Contains("DivideByZeroException", log);
        Assert.Contains("Cell[2], line 2", log);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private (int Code, string Log) Execute(params string[] cells)
    {
        string spec = Directory.CreateDirectory(At("share/kernels/.net-csharp")).FullName;
        File.WriteAllText(Path.Combine(spec, "kernel.json"), KernelSpec.Text());
        var notebook = new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = NotebookMetadata.Create(),
            ["cells"] = new JsonArray([.. cells.Select((c, i) => new JsonObject { ["cell_type"] = "code", ["id"] = $"c{i}", ["metadata"] = new JsonObject(), ["source"] = c, ["outputs"] = new JsonArray(), ["execution_count"] = null })]),
        };
        File.WriteAllText(At("in.ipynb"), notebook.ToJsonString());
        // Debian's Jupyter belongs to Debian's Python, whichever Python comes first on the PATH.
        var start = new ProcessStartInfo("/usr/bin/python3",
            ["-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=120", "--ExecutePreprocessor.startup_timeout=120", "--output", "out.ipynb", "in.ipynb"])
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["JUPYTER_PATH"] = At("share");
        start.Environment["JUPYTER_RUNTIME_DIR"] = At("runtime");
        start.Environment["JUPYTER_CONFIG_DIR"] = At("config");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
