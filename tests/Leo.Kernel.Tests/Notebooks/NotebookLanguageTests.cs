using Leo.Kernel.Notebooks;

namespace Leo.Kernel.Tests.Notebooks;

/// <summary>Notebooks and cells of other languages, and Polyglot's <c>.dib</c>.</summary>
public sealed class NotebookLanguageTests : IDisposable
{
    private const string CSharp = """{"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"},"language_info":{"name":"polyglot-notebook"}}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-language-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"kernelspec":{"display_name":"Python 3 (ipykernel)","language":"python","name":"python3"}}""", "Python")]
    [InlineData("""{"kernelspec":{"display_name":"R","name":"ir"}}""", "R")]
    [InlineData("""{"kernelspec":{"display_name":"Julia 1.10","name":"julia-1.10"}}""", "Julia")]
    [InlineData("""{"kernelspec":{"display_name":".NET (F#)","language":"F#","name":".net-fsharp"}}""", "F#")]
    [InlineData("""{"language_info":{"name":"python"}}""", "Python")]
    [InlineData("""{"kernelspec":{"language":"C#","name":".net-csharp"},"polyglot_notebook":{"kernelInfo":{"defaultKernelName":"pwsh"}}}""", "PowerShell")]
    [InlineData("""{"kernelspec":{"language":"Befunge","name":"bf"}}""", "another language ('Befunge')")]
    public void Notebook_OfAnotherLanguage_IsRefusedByItsName(string metadata, string language)
    {
        string message = Assert.Throws<KernelException>(() => Read(metadata, "{}")).Message;
        Assert.Contains($"n.ipynb: expected a notebook of C#, found one of {language}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"polyglot_notebook":{"kernelName":"fsharp"},"dotnet_interactive":{"language":"fsharp"}}""", "F# ('fsharp')")]
    [InlineData("""{"dotnet_interactive":{"language":"pwsh"}}""", "PowerShell ('pwsh')")]
    [InlineData("""{"vscode":{"languageId":"python"}}""", "Python ('python')")]
    [InlineData("""{"polyglot_notebook":{"kernelName":"my-kernel"}}""", "another language ('my-kernel')")]
    public void Cell_OfAnotherLanguage_IsRefusedByItsNameAndNumber(string metadata, string language)
    {
        string message = Assert.Throws<KernelException>(() => Read(CSharp, "{}", metadata)).Message;
        Assert.Contains($"n.ipynb: expected cells of C#, found {language} in code cell 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"kernelspec":{"language":"polyglot-notebook","name":".net-csharp"}}""", """{"vscode":{"languageId":"polyglot-notebook"}}""")]
    [InlineData("""{"kernelspec":{"language":"C#","name":"sql-course"}}""", "{}")]
    [InlineData("""{"kernelspec":{"display_name":"mine","name":"mine"}}""", """{"polyglot_notebook":{"kernelName":"csharp"},"dotnet_interactive":{"language":"csharp"},"vscode":{"languageId":"csharp"}}""")]
    public void Notebook_OfCSharpInAnyOfItsNames_IsRead(string metadata, string cell) => Assert.Equal(2, Read(metadata, cell, "{}").Cells.Count);

    [Fact]
    public void Dib_OfCSharpAndText_IsReadAsANotebook()
    {
        var notebook = Dib("#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[{\"aliases\":[],\"name\":\"csharp\"}]}}\n\n#!markdown\n\n# Title\n\n#!not a kernel\n\n"
            + "#!csharp\n\nvar s = \"\"\"\n#!fsharp\n#!csharp\n\"\"\";\n\n#!csharp\n#!time\ns.Length\n");
        Assert.True(notebook.IsDib);
        Assert.Equal(["# Title\n\n#!not a kernel", "var s = \"\"\"\n#!fsharp\n#!csharp\n\"\"\";", "#!time\ns.Length"], notebook.Cells.Select(c => c.Source));
        Assert.Equal([false, true, true], notebook.Cells.Select(c => c.IsCode));
        Assert.Contains(".dib", Assert.Single(NotebookCheck.Faults(notebook)), StringComparison.Ordinal);
    }

    [Fact]
    public void Dib_WithoutMetaOrWindowsLines_IsRead() =>
        Assert.Equal(["int x = 1;", "x"], Dib("int x = 1;\r\n\r\n#!C#\r\n\r\nx\r\n").Cells.Select(c => c.Source));

    [Theory]
    [InlineData("#!csharp\n1\n\n#!fsharp\nlet x = \"\"\"\n#!csharp", "F# ('fsharp') in code cell 2")]
    [InlineData("#!pwsh\n\nls", "PowerShell ('pwsh') in code cell 1")]
    [InlineData("#!html\n<b>", "HTML ('html') in code cell 1")]
    public void Dib_WithACellOfAnotherLanguage_IsRefusedByItsName(string text, string language) =>
        Assert.Contains(language, Assert.Throws<KernelException>(() => Dib(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("#!csharp\n/* never closed\n#!markdown\n# Text", "/* never closed", "# Text")]
    [InlineData("#!csharp\nvar s = \"\"\"\n open\n#!csharp\n1", "var s = \"\"\"\n open", "1")]
    [InlineData("#!csharp\nvar s = @\"open\n#!csharp\n1", "var s = @\"open", "1")]
    [InlineData("#!csharp\n#if true\n1\n#!csharp\n2", "#if true\n1", "2")]
    [InlineData("#!csharp\n#if false\n1\n#!csharp\n2", "#if false\n1", "2")]
    [InlineData("#!csharp\r1\r#!markdown\rText\r", "1", "Text")]
    [InlineData("\uFEFF\uFEFF#!csharp\n1\n#!csharp\n2", "1", "2")]
    [InlineData("#!markdown\n# A title of #!csharp\n#!csharp   \n2", "# A title of #!csharp", "2")]
    [InlineData("#!markdown\n#!/bin/sh\n#! csharp\n#!csharp\n/* #!markdown */ var x = '\"'; // \"\"\"", "#!/bin/sh\n#! csharp", "/* #!markdown */ var x = '\"'; // \"\"\"")]
    [InlineData("#!csharp\n$@\"\n#!markdown\n{1}\"\n#!csharp\n2", "$@\"\n#!markdown\n{1}\"", "2")]
    [InlineData("#!csharp\n1; #!csharp\n#!csharp\n2", "1; #!csharp", "2")]
    public void Dib_OfTwoCells_IsCutBetweenThem(string text, string first, string second)
    {
        var cells = Dib(text).Cells;
        Assert.Equal(first, cells[0].Source);
        Assert.Equal([second], cells.Skip(1).Select(c => c.Source));
    }

    [Fact]
    public void Dib_WithAKernelThatItAddsItself_IsRefusedByItsName()
    {
        const string Meta = """{"kernelInfo":{"defaultKernelName":"csharp","items":[{"name":"csharp","aliases":["c#"]},{"name":"venv","aliases":["mine"],"languageName":"python"}]}}""";
        Assert.Contains("found another language ('venv') in code cell 1", Assert.Throws<KernelException>(() => Dib($"#!meta\n{Meta}\n#!markdown\n# Title\n#!venv\nx = 1")).Message, StringComparison.Ordinal);
        Assert.Contains("found another language ('mine') in code cell 2", Assert.Throws<KernelException>(() => Dib($"#!meta\n{Meta}\n#!csharp\n1\n#!mine\nx = 1")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!meta\n[]")]
    [InlineData("#!meta\n{\n\n#!csharp\n1")]
    public void Dib_WithBrokenMeta_Throws(string text) => Assert.Contains("n.dib", Assert.Throws<KernelException>(() => Dib(text)).Message, StringComparison.Ordinal);

    private Notebook Dib(string text) => Reread("n.dib", text);

    private Notebook Read(string metadata, params string[] cells) => Reread("n.ipynb", $$"""
        {"nbformat":4,"nbformat_minor":5,"metadata":{{metadata}},"cells":[{{string.Join(',', cells.Select(c => $$"""{"cell_type":"code","metadata":{{c}},"execution_count":null,"outputs":[],"source":"1"}"""))}}]}
        """);

    private Notebook Reread(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return Notebook.Read(path);
    }
}
