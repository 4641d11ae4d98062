using Leo.Kernel.Notebooks;

namespace Leo.Kernel.Tests.Notebooks;

public sealed class NotebookTests : IDisposable
{
    private const string Code = """{"cell_type":"code","metadata":{},"execution_count":1,"outputs":[{"output_type":"stream","name":"stdout","text":"hi\n"}],"source":"1"}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-notebook-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // json.dumps(nb, ensure_ascii=False, indent=1, sort_keys=True), texts split by str.splitlines(True), as nbformat.write does.
    [Fact]
    public void ToText_OfEmojiControlsAndLineEnds_IsWhatJupyterWrites()
    {
        var notebook = Read("""{"cell_type":"markdown","id":"a","metadata":{"tags":[]},"source":"\u001b[31m é 😀 \u2028\"\\u2028\r\nb"}""");
        notebook.Normalise();
        Assert.StartsWith("""
            {
             "cells": [
              {
               "cell_type": "markdown",
               "id": "a",
               "metadata": {
                "tags": []
               },
               "source": [
                "\u001b[31m é 😀 XX",
                "\"\\u2028\r\n",
                "b"
               ]
              }
             ],
             "metadata": {
              "kernelspec": {
            """.ReplaceLineEndings("\n").Replace("XX", "\u2028"), notebook.ToText());
        Assert.EndsWith("\n}\n", notebook.ToText());
    }

    [Fact]
    public void Strip_ThenStrip_ChangesNothingMore()
    {
        var notebook = Read(Code.Replace("\"metadata\":{}", "\"metadata\":{\"vscode\":{\"languageId\":\"csharp\"},\"tags\":[\"x\"]}"));
        notebook.Strip();
        string once = notebook.ToText();
        var again = Reread(once);
        again.Strip();
        Assert.Equal(once, again.ToText());
        Assert.Null(again.Cells[0].Number);
        Assert.Empty(again.Cells[0].Outputs);
        Assert.Equal("""{"tags":["x"]}""", again.Cells[0].Node["metadata"]!.ToJsonString());
    }

    [Fact]
    public void Normalise_OfEqualCells_GivesThemDifferentIdsThatStay()
    {
        var notebook = Read(Code, Code);
        notebook.Normalise();
        string[] ids = [.. notebook.Cells.Select(c => (string)c.Node["id"]!)];
        Assert.NotEqual(ids[0], ids[1]);
        Assert.Equal(ids, Normal(Code, Code).Cells.Select(c => (string)c.Node["id"]!));
    }

    [Fact]
    public void Check_OfANormalNotebook_FindsNothing() => Assert.Empty(NotebookCheck.Faults(Normal(Code)));

    [Theory]
    [InlineData("\"source\":\"1\"", "\"source\":\"open(\\\"/home/ada/x.mp4\\\")\"", "/home/ada/x.mp4")]
    [InlineData("\"text\":\"hi\\n\"", "\"text\":\"C:\\\\Users\\\\ada\\\\x\"", "C:\\Users\\ada\\x")]
    [InlineData("\"execution_count\":1", "\"execution_count\":2", "from top to bottom")]
    [InlineData("\"execution_count\":1", "\"execution_count\":null", "no outputs")]
    [InlineData("\"output_type\":\"stream\"", "\"output_type\":\"error\",\"ename\":\"Oops\",\"evalue\":\"\",\"traceback\":[]", "failed: Oops")]
    public void Check_OfAFaultyNotebook_NamesTheFault(string good, string bad, string fault)
    {
        Assert.Contains(good, Code);
        Assert.Contains(NotebookCheck.Faults(Normal(Code.Replace(good, bad))), f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("#r \"../x.dll\" // built before", 1)]
    [InlineData("// a\n  #r \"nuget: A, 1.0.0\"   //b", 2)]
    [InlineData("#r \"a.dll\"\n#r \"b.dll\"\t// c\n1", 2)]
    public void Check_OfACommentBehindAReference_NamesTheLine(string code, int line) =>
        Assert.Contains(NotebookCheck.Faults(WithCode(code)), f => f.Contains($"cell 1 of 1, line {line}: a comment behind #r", StringComparison.Ordinal));

    [Theory]
    [InlineData("// a\n#r \"../x.dll\"\n// b\n1")]
    [InlineData("var s = \"\"\"\n#r \"x.dll\" // text\n\"\"\";")]
    [InlineData("/*\n#r \"x.dll\" // text\n*/")]
    [InlineData("#r \"http://x/y.dll\"")]
    public void Check_OfCommentsElsewhere_FindsNothing(string code) => Assert.Empty(NotebookCheck.Faults(WithCode(code)));

    [Fact]
    public void Normalise_OfAnOutputOfDotNetInteractivesOwn_TakesItOutAndKeepsTheRest()
    {
        var notebook = Read(Code.Replace("[{", """[{"output_type":"display_data","metadata":{},"data":{"text/html":["<div id='dotnet-interactive-this-cell-1'></div>\r\n","<script>probeAddresses([\"http://10.0.0.7:1/\"])</script>"]}},{"""));
        notebook.Normalise();
        Assert.DoesNotContain("10.0.0.7", notebook.ToText(), StringComparison.Ordinal);
        Assert.Equal("hi\n", NotebookText.Join(Assert.Single(notebook.Cells[0].Outputs)!["text"]));
        Assert.Equal(1, notebook.Cells[0].Number);
    }

    [Theory]
    [InlineData("\\nwarning CS1701: Assuming assembly reference 'A' matches 'B', you may need to supply runtime policy\\n\\n", 1)]
    [InlineData("warning CS1701: Assuming\\nand a word of the cell's own\\n", 2)]
    public void Normalise_OfItsCompilersNotes_TakesOutWhatIsNothingElse(string said, int outputs)
    {
        var notebook = Read(Code.Replace("[{", $$"""[{"output_type":"stream","name":"stderr","text":["{{said}}"]},{"""));
        notebook.Normalise();
        Assert.Equal(outputs, notebook.Cells[0].Outputs.Count);
    }

    [Theory]
    [InlineData("{\"output_type\":7}")]
    [InlineData("{\"output_type\":[true],\"text\":{}}")]
    [InlineData("{\"output_type\":\"stream\",\"text\":[1,\"warning CS1701:\"],\"data\":3}")]
    [InlineData("{\"output_type\":\"display_data\",\"data\":{\"text/html\":false}}")]
    public void Normalise_OfOutputsOfOtherShapes_LeavesThemToTheCheck(string output)
    {
        var notebook = Read(Code.Replace("[{", $"[{output},{{"));
        notebook.Normalise();
        Assert.InRange(notebook.Cells[0].Outputs.Count, 1, 2);
    }

    [Theory]
    [InlineData("https://example.org/home/ada")]
    [InlineData("data:video/mp4;base64,AAAA/home/BBBB")]
    [InlineData("../data/tmp/x")]
    public void Check_OfAddressesAndRelativePaths_LeavesThemAlone(string text) =>
        Assert.Empty(NotebookCheck.Faults(Normal(Code.Replace("hi\\n", text))));

    [Fact]
    public void Check_OfALargeNotebook_NamesItsSize() =>
        Assert.Contains(NotebookCheck.Faults(Normal(Code.Replace("hi", new string('x', 4 << 20)))), f => f.Contains("4.0 MB", StringComparison.Ordinal));

    [Fact]
    public void Check_OfHostsMetadata_AsksToNormalise() =>
        Assert.Contains(NotebookCheck.Faults(Read(Code)), f => f.Contains("common form", StringComparison.Ordinal));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"nbformat\":3,\"cells\":[]}")]
    [InlineData("{\"nbformat\":4}")]
    [InlineData("{\"nbformat\":4,\"nbformat\":4,\"cells\":[]}")]
    [InlineData("{\"nbformat\":4,\"cells\":[1]}")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"outputs\":7}]}")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"outputs\":[7]}]}")]
    [InlineData("")]
    public void Read_OfSomethingElse_ThrowsWithTheFilesName(string text) =>
        Assert.Contains("n.ipynb", Assert.Throws<KernelException>(() => Reread(text)).Message);

    [Fact]
    public void Read_OfDeepNesting_Throws() =>
        Assert.Throws<KernelException>(() => Reread("{\"nbformat\":4,\"cells\":" + new string('[', 100_000)));

    private Notebook Read(params string[] cells) => Reread($$"""{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[{{string.Join(',', cells)}}]}""");

    private Notebook WithCode(string code) => Normal(Code.Replace("\"source\":\"1\"", $"\"source\":{System.Text.Json.JsonSerializer.Serialize(code)}"));

    private Notebook Normal(params string[] cells)
    {
        var notebook = Read(cells);
        notebook.Normalise();
        return Reread(notebook.ToText());
    }

    private Notebook Reread(string text)
    {
        string path = Path.Combine(_folder, "n.ipynb");
        File.WriteAllText(path, text);
        return Notebook.Read(path);
    }
}
