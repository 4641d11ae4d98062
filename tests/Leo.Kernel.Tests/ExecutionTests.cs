namespace Leo.Kernel.Tests;

[Collection(KernelCollection.Name)]
public sealed class ExecutionTests(KernelFixture kernel)
{
    [Fact]
    public void KernelInfo_Asked_NamesProtocolAndLanguage()
    {
        Assert.Equal("5.3", kernel.Info.Text("protocol_version"));
        Assert.Equal("C#", (string?)kernel.Info.Content["language_info"]!["name"]);
    }

    [Fact]
    public void Cell_WithLastExpression_ReturnsItsValue() => Assert.Contains("42", kernel.Run("6 * 7").Value("text/html"));

    [Fact]
    public void Cell_ThatIsAString_ReturnsPlainText() => Assert.Equal("abc", kernel.Run("\"a\" + \"bc\"").Value());

    [Fact]
    public void Cells_OneAfterAnother_ShareVariablesTypesAndUsings()
    {
        Assert.Equal("ok", kernel.Run("using System.Globalization; record Point(int X, int Y); var p = new Point(3, 4);").Status);
        Assert.Equal("7 Invariant", kernel.Run("$\"{p.X + p.Y} {(CultureInfo.InvariantCulture.Name == \"\" ? \"Invariant\" : \"\")}\"").Value());
    }

    [Fact]
    public void Cell_WithTopLevelAwait_WaitsForIt() =>
        Assert.Equal("after 3", kernel.Run("async Task<int> Later() { await Task.Delay(10); return 3; }\nawait Task.Delay(5);\n$\"after {await Later()}\"").Value());

    [Fact]
    public void Cell_ThatBlocksOnItsOwnTask_DoesNotLockItselfOut() =>
        Assert.Equal("3", kernel.Run("async Task<int> Blocked() { await Task.Delay(10); return 3; }\nawait Task.Delay(1);\nBlocked().Result.ToString()").Value());

    [Fact]
    public void Cell_ThatPrints_StreamsBothOutputsInOrder()
    {
        var run = kernel.Run("for (int i = 0; i < 3; i++) Console.Write(i); Console.Error.WriteLine(\"bad\"); Console.WriteLine(\"!\");");
        Assert.Equal("012!\n", run.Stdout);
        Assert.Equal("bad\n", run.Stderr);
        Assert.Equal("idle", run.Published[^1].Text("execution_state"));
    }

    [Fact]
    public void ThreadOfAnEarlierCell_ThatPrintsLater_PrintsUnderThatCell()
    {
        string id = kernel.Begin("var go = new System.Threading.ManualResetEventSlim(); new System.Threading.Thread(() => { go.Wait(); Console.Write(\"late\"); }).Start();");
        kernel.Finish(id);
        var next = kernel.Run("go.Set(); System.Threading.Thread.Sleep(300); Console.Write(\"mine\");");
        Assert.Equal("mine", next.Stdout);
    }

    [Fact]
    public void Display_OfHtmlAndValues_ShowsThemBeforeTheResult()
    {
        var run = kernel.Run("display(HTML(\"<b>x</b>\")); 12.Display(); \"<i>y</i>\".DisplayAs(\"text/html\"); \"last\"");
        Assert.Equal(["<b>x</b>", "<i>y</i>"], run.Of("display_data").Select(m => CellRun.Form(m, "text/html")).Where(t => t!.Contains("<b>") || t.Contains("<i>")));
        Assert.Equal(3, run.Of("display_data").Count);
        Assert.Equal("last", run.Value());
    }

    [Fact]
    public void DisplayedValue_Updated_KeepsItsId()
    {
        var run = kernel.Run("var d = display(HTML(\"one\")); d.Update(HTML(\"two\"));");
        string Id(string type) => (string)run.Of(type).Single().Content["transient"]!["display_id"]!;
        Assert.Equal(Id("display_data"), Id("update_display_data"));
        Assert.Equal("two", CellRun.Form(run.Of("update_display_data").Single(), "text/html"));
    }

    [Fact]
    public void ClearOutput_Called_TellsTheFrontEnd() =>
        Assert.True(kernel.Run("ClearOutput(wait: true);").Of("clear_output").Single().Flag("wait"));

    [Fact]
    public void Formatter_RegisteredInACell_IsUsed()
    {
        kernel.Run("record Flag(int N);\nMicrosoft.DotNet.Interactive.Formatting.Formatter.Register<Flag>((f, w) => w.Write($\"<u>{f.N}</u>\"), \"text/html\");");
        Assert.Equal("<u>5</u>", kernel.Run("new Flag(5)").Value("text/html"));
    }

    [Fact]
    public void Input_AskedFor_ComesFromTheFrontEnd()
    {
        kernel.Client.Asked = prompt => prompt + "Ada";
        Assert.Equal("name? Ada / Ada", kernel.Run("var a = input(\"name? \"); var b = Console.ReadLine(); $\"{a} / {b}\"").Value());
    }

    [Fact]
    public void Cell_WithWhatLooksLikeDirectivesInItsText_KeepsTheText()
    {
        Assert.Equal("13", kernel.Run("var s = \"\"\"\n#!csharp\necho\n\"\"\";\ns.Length.ToString()").Value());
        Assert.Equal("15", kernel.Run("var t = \"\"\"\n#i \"nuget:/tmp\"\n\"\"\";\nt.Length.ToString()").Value());
        Assert.Equal("33", kernel.Run("$$\"\"\"\n#r \"nuget:Newtonsoft.Json,13.0.3\"\n\"\"\".Length.ToString()").Value());
    }

    [Fact]
    public void Cell_OfAnotherLanguage_FailsWithItsName() => Assert.Contains("begins F#", kernel.Run("#!fsharp\nlet x = 3").Reply.Text("evalue"));

    [Fact]
    public void Cell_WithMagicOfCSharp_Runs() => Assert.Equal("x", kernel.Run("#!csharp\n\"x\"").Value());

    [Fact]
    public void Cell_WithAnotherMagic_FailsAndNamesIt()
    {
        var run = kernel.Run("#!bash\nls");
        Assert.Equal("error", run.Status);
        Assert.Contains("#!bash", run.Reply.Text("evalue"));
    }

    [Fact]
    public void Load_OfAScriptFile_RunsIt()
    {
        File.WriteAllText(Path.Combine(kernel.Folder, "part.csx"), "int Twice(int x) => 2 * x;");
        Assert.Equal("8", kernel.Run("#load \"part.csx\"\nTwice(4).ToString()").Value());
    }
}
