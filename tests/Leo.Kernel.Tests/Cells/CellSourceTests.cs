using Leo.Kernel.Cells;

namespace Leo.Kernel.Tests.Cells;

public sealed class CellSourceTests
{
    private const string Raw = "\"\"\"";

    [Theory]
    [InlineData($"var s = {Raw}\n#!csharp\necho\n{Raw};\ns.Length")]
    [InlineData($"var t = {Raw}\n#i \"nuget:/tmp\"\n{Raw};\nt.Length")]
    [InlineData($"$${Raw}\n#r \"nuget:Newtonsoft.Json,13.0.3\"\n{Raw}.Length")]
    [InlineData("/*\n#r \"nuget: Absent, 1.0.0\"\n#!fsharp\n*/\n1")]
    [InlineData("var v = @\"\n#r \"\"nuget: Absent, 1.0.0\"\"\n#!time\n\";")]
    [InlineData("var w = $@\"\n#!bash {1 + 1}\n\";")]
    [InlineData("#if false\n#r \"nuget: Absent, 1.0.0\"\n#!fsharp\n#endif\n1")]
    [InlineData($"// {Raw}\nvar u = {Raw}\"\n#!python\n{Raw}\"\n;")]
    [InlineData("#r \"Some.dll\"\n#region one\n#endregion\n1")]
    public void Line_InAStringACommentOrWhatIsLeftOut_StaysAsItIs(string code)
    {
        var source = CellSource.Parse(code);
        Assert.Equal(code, source.Code);
        Assert.Empty(source.Packages);
        Assert.Empty(source.Feeds);
    }

    [Fact]
    public void Directives_AreTakenOut_AndNoLineMoves()
    {
        var source = CellSource.Parse("#!csharp\r\n  #r \"nuget: A.B, 1.2.*\" // for x\r\nvar s = \"\"\"\r\n#!csharp\r\n\"\"\";\r\n#i \"nuget: ../feed\"\r\n#r \"nuget:C\"\r\n#!C#\r\ns");
        Assert.Equal("\n\nvar s = \"\"\"\n#!csharp\n\"\"\";\n\n\n\ns", source.Code);
        Assert.Equal([new("A.B", "1.2.*"), new("C", "*")], source.Packages);
        Assert.Equal(["../feed"], source.Feeds);
    }

    [Theory]
    [InlineData("1\n#!fsharp\nlet x = 'a'", "F#", 2)]
    [InlineData("#!pwsh\nls", "PowerShell", 1)]
    [InlineData("\n#!python --name x", "Python", 2)]
    [InlineData("#!sql-contoso\nselect 1", "SQL", 1)]
    [InlineData("#!markdown", "Markdown", 1)]
    [InlineData("%%bash\nls", "Bash", 1)]
    [InlineData("%%html\n<b>", "HTML", 1)]
    public void Cell_OfAnotherLanguage_IsRefusedByItsName(string code, string language, int line)
    {
        var error = Assert.Throws<CellException>(() => CellSource.Parse(code)).Error;
        Assert.Equal(("OtherLanguage", line), (error.Name, error.Line));
        Assert.Contains($" begins {language}, ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!time")]
    [InlineData("1\n#!share --from fsharp x")]
    [InlineData("%%timeit\n1")]
    public void Magic_OfNoLanguage_IsUnknown(string code) => Assert.Equal("UnknownMagic", Assert.Throws<CellException>(() => CellSource.Parse(code)).Error.Name);
}
