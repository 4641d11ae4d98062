using System.Text.Json.Nodes;
using Leo.Kernel.Notebooks;

namespace Leo.Cli.Tests;

public sealed class NotebookCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-notebooks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_OfANotebookThatWorks_WritesItsOutputsInTheCommonForm()
    {
        string file = Write("good.ipynb", "1 + 1", "", "Environment.GetEnvironmentVariable(\"LEO_PRESET\")", "var d = display(HTML(\"old\")); d.Update(HTML(\"new\")); Console.Write(\"a\"); Console.Write(\"b\");");
        var run = Workshop.Good($"notebook run {file} --preset small --out {At("out")} --json")["notebooks"]![0]!;
        Assert.Equal(3, (int)run["cells"]!);
        Assert.Null(run["failure"]);

        var notebook = Notebook.Read(At("out/good.ipynb"));
        Assert.Equal([1, null, 2, 3], notebook.Cells.Select(c => c.Number));
        Assert.Equal("small", NotebookText.Join(notebook.Cells[2].Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal(["display_data", "stream"], notebook.Cells[3].Outputs.Select(o => (string)o!["output_type"]!));
        Assert.Equal("new", NotebookText.Join(notebook.Cells[3].Outputs[0]!["data"]!["text/html"]));
        Assert.Equal("ab", NotebookText.Join(notebook.Cells[3].Outputs[1]!["text"]));
        Assert.Equal(".net-csharp", (string)notebook.Json["metadata"]!["kernelspec"]!["name"]!);
        Assert.Equal(ExitCode.Success, Commandline.Run("notebook", "check", At("out/good.ipynb")).Code);
    }

    [Fact]
    public void Run_WhereACellFails_NamesNotebookCellAndLine()
    {
        string file = Write("bad.ipynb", "int x = 1;", "x++;\n\nthrow new Exception($\"at {x}\");", "\"never\"");
        var (code, _, error) = Commandline.Run("notebook", "run", file, "--out", At("out"));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains($"error: {file}: cell 2, line 3: System.Exception: at 2", error);
        Assert.Null(Notebook.Read(At("out/bad.ipynb")).Cells[2].Number);
    }

    [Fact]
    public void Run_WhereTheTimeIsUp_SaysSo()
    {
        string file = Write("slow.ipynb", "1", "while (true) { }");
        var (code, _, error) = Commandline.Run("notebook", "run", file, "--timeout", "6");
        Assert.Equal(ExitCode.Failure, code);
        // On a busy machine the first cell may still wait for the compiler.
        Assert.Contains($"error: {file}: cell ", error, StringComparison.Ordinal);
        Assert.Contains(": the notebook took longer than 6 s", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhereACellEndsTheKernel_SaysSo()
    {
        string file = Write("dead.ipynb", "Environment.Exit(7);", "1");
        var (code, _, error) = Commandline.Run("notebook", "run", file);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("cell 1: the kernel ended with code 7", error);
    }

    [Fact]
    public void Run_OfSomethingElse_IsOneLine()
    {
        File.WriteAllText(At("text.ipynb"), "no notebook");
        Assert.Contains("cannot be read as a notebook", Workshop.Bad($"notebook run {At("text.ipynb")}"));
        Assert.Contains("absent.ipynb", Workshop.Bad($"notebook run {At("absent.ipynb")}"));
    }

    [Fact]
    public void Run_OfADib_WritesANotebook()
    {
        File.WriteAllText(At("a.dib"), "#!markdown\n\n# T\n\n#!csharp\n\n1 + 1\n");
        Workshop.Good($"notebook run {At("a.dib")} --out {At("out")} --json");
        Assert.Equal("2", NotebookText.Join(Notebook.Read(At("out/a.ipynb")).Cells[1].Outputs[0]!["data"]!["text/plain"]));
        Assert.Contains("a.dib", Workshop.Bad($"notebook strip {At("a.dib")}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfANotebookWithACellOfAnotherLanguage_RefusesItByName()
    {
        string file = Write("f.ipynb", "1");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"cell_type\":\"code\",\"metadata\":{}", "\"cell_type\":\"code\",\"metadata\":{\"polyglot_notebook\":{\"kernelName\":\"fsharp\"}}"));
        Assert.Contains("found F# ('fsharp') in code cell 1", Workshop.Bad($"notebook run {file}"), StringComparison.Ordinal);
        Assert.Contains("found F# ('fsharp') in code cell 1", Workshop.Bad($"notebook strip {file}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Strip_KeepingOutputs_TakesOutOnlyWhatTheHostAdds()
    {
        string file = Write("own.ipynb", "1");
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        json["cells"]![0]!["outputs"] = JsonNode.Parse("""[{"output_type":"display_data","metadata":{},"data":{"text/html":"<div id='dotnet-interactive-this-cell-1'></div><script>probeAddresses(['http://10.0.0.7'])</script>"}},{"output_type":"stream","name":"stdout","text":"hi"}]""");
        File.WriteAllText(file, json.ToJsonString());
        Workshop.Good($"notebook strip {file} --keep-outputs --json");
        Assert.Equal("hi", NotebookText.Join(Assert.Single(Notebook.Read(file).Cells[0].Outputs)!["text"]));
    }

    [Fact]
    public void Run_OfTwoNotebooksOfOneNameIntoOneFolder_IsAUsageError() =>
        Assert.Equal(ExitCode.Usage, Commandline.Run("notebook", "run", At("a/x.ipynb"), At("b/x.ipynb"), "--out", At("out")).Code);

    [Fact]
    public void KernelInstall_WithPrefix_WritesASpecThatStartsTheKernel()
    {
        var done = Workshop.Good($"kernel install --prefix {At("prefix")} --json");
        string path = At("prefix/share/jupyter/kernels/.net-csharp/kernel.json");
        Assert.Equal(path, (string)done["path"]!);
        var spec = JsonNode.Parse(File.ReadAllText(path))!;
        string[] words = [.. spec["argv"]!.AsArray().Select(a => (string)a!)];
        Assert.Equal("{connection_file}", words[^1]);
        Assert.True(File.Exists(words[1]), words[1]);
        Assert.Equal("message", (string)spec["interrupt_mode"]!);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Write(string name, params string[] cells)
    {
        var notebook = new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray([.. cells.Select(c => new JsonObject { ["cell_type"] = "code", ["metadata"] = new JsonObject(), ["source"] = c })]),
        };
        File.WriteAllText(At(name), notebook.ToJsonString());
        return At(name);
    }
}
