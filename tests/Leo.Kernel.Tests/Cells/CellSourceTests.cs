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
    [InlineData("#!/usr/bin/env dotnet\n#r \"a.dll\"")]
    [InlineData("#r \"Some.dll\"\n#region one\n#endregion\n1")]
    [InlineData("var a = 1; #r \"nuget: Absent, 1.0.0\"\na")]
    [InlineData("/* one\n*/ #r \"nuget: Absent, 1.0.0\"\n1")]
    [InlineData("var a = 2; #!time\na")]
    [InlineData("var a = 3; #!fsharp\na")]
    [InlineData($"$$${Raw}\n#!fsharp {{{{{{1}}}}}} {{{{\n{Raw}")]
    [InlineData("\"a\\\" #!fsharp\" + '\"' + '\\''\n/// #r \"nuget: X\"\n// #!fsharp")]
    [InlineData("#if true\n1\n#else\n#!fsharp\n#r \"nuget: Absent\"\n#endif")]
    [InlineData("#if false\n#if true\n#!fsharp\n#endif\n#!pwsh\n#endif\n1")]
    [InlineData("#region #r \"nuget: X\"\n#pragma warning disable // #!fsharp\n#endregion\n#nullable enable\n1")]
    [InlineData("var s = $\"{(1 > 0 ? \"#!fsharp\" : \"\"\"\n#!pwsh\n\"\"\")}\"; 1")]
    [InlineData("#load \"été 1/#r nuget.csx\"\n#r \"../nuget: x/a.dll\"")]
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
    [InlineData("#r\"nuget:A.B,1.0\"")]
    [InlineData("# r \"nuget: A.B, 1.0\"")]
    [InlineData("\t#\tr\t\"nuget: A.B , 1.0 \"\t// x")]
    [InlineData("#r \"NuGet: A.B, 1.0\"")]
    [InlineData("#r \"nuget : A.B, 1.0\"")]
    [InlineData("#r \" nuget:A.B,1.0\"")]
    [InlineData("\uFEFF#r \"nuget: A.B, 1.0\"")]
    [InlineData("#r\u00A0\"nuget:\u00A0A.B,\u00A01.0\"")]
    [InlineData("#if !false\r#r \"nuget: A.B, 1.0\"\r#endif")]
    [InlineData("using System;\n\n#r \"nuget: A.B, 1.0\"//x")]
    public void Package_HoweverTheLineIsSpaced_IsAskedFor(string code)
    {
        var source = CellSource.Parse(code);
        Assert.Equal([new("A.B", "1.0")], source.Packages);
        Assert.DoesNotContain("A.B", source.Code, StringComparison.Ordinal);
        Assert.Equal(["../f 1"], CellSource.Parse(code.Replace("A.B, 1.0", "../f 1", StringComparison.Ordinal).Replace("A.B , 1.0 ", "../f 1", StringComparison.Ordinal).Replace("A.B,1.0", "../f 1", StringComparison.Ordinal)
            .Replace("A.B,\u00A01.0", "../f 1", StringComparison.Ordinal).Replace("#r", "#i", StringComparison.Ordinal).Replace("# r", "# i", StringComparison.Ordinal).Replace("#\tr", "#\ti", StringComparison.Ordinal)).Feeds);
    }

    [Theory]
    [InlineData("1\n#r \"nuget: A.B 1.0\"")]
    [InlineData("\n#r \"nuget:\"")]
    [InlineData("\n#r \"nuget: A.B, \"")]
    [InlineData("\n#r \"nuget: A.B, 1.0\" and more")]
    [InlineData("\n#r \"nuget: A.B, 1.0\" /* x */")]
    [InlineData("\n#r \"nuget: A.B, 1.0")]
    [InlineData("\n#r nuget: A.B, 1.0")]
    [InlineData("\n#r 'nuget: A.B, 1.0'")]
    [InlineData("\n#r “nuget: A.B, 1.0”")]
    [InlineData("\n#r \"nuget: A.B, 1.0, x\"")]
    [InlineData("\n#r \"nuget: A.B, [1.0\"")]
    [InlineData("\n#i \"/feed\"")]
    [InlineData("\n#i nuget:/feed")]
    [InlineData("\n#r \"nuget: A/B\u200B, 1.0\"")]
    [InlineData("\n#r \"nuget: A.B, 1.0, RestoreSources=https://x\"")]
    public void Package_WithoutAProperName_IsRefusedByItsLine(string code)
    {
        var error = Assert.Throws<CellException>(() => CellSource.Parse(code)).Error;
        Assert.Equal(("PackageError", 2), (error.Name, error.Line));
    }

    [Theory]
    [InlineData("1\n#!fsharp\nlet x = 'a'", "F#", 2)]
    [InlineData("\n#!fsharp\tx", "F#", 2)]
    [InlineData("\uFEFF\n%%bash\nls", "Bash", 1)]
    [InlineData("#if true\n#!pwsh\n#endif", "PowerShell", 2)]
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
