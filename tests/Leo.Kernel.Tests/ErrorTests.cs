namespace Leo.Kernel.Tests;

[Collection(KernelCollection.Name)]
public sealed class ErrorTests(KernelFixture kernel)
{
    [Fact]
    public void Exception_Thrown_NamesTypeMessageAndTheCellsLine()
    {
        var run = kernel.Run("int a = 1;\nint b = 0;\nConsole.WriteLine(\"before\");\nthrow new InvalidOperationException(\"broken\");");
        Assert.Equal("error", run.Status);
        Assert.Equal("System.InvalidOperationException", run.Reply.Text("ename"));
        Assert.Equal("broken", run.Reply.Text("evalue"));
        Assert.Matches(@"^Cell\[\d+\], line 4$", run.Traceback.Split('\n')[1]);
        Assert.DoesNotContain(kernel.Folder, run.Traceback);
        Assert.Contains("→   4  throw new InvalidOperationException(\"broken\");", run.Traceback);
        Assert.Equal(4, (int?)run.Of("error").Single().Metadata["line"]);
        Assert.Equal("before\n", run.Stdout);
    }

    [Fact]
    public void Exception_InAFunctionOfAnEarlierCell_ShowsThatCellAndTheCallingLine()
    {
        kernel.Run("static class Deep\n{\n    public static int Fall(int[] x)\n    {\n        return x[7];\n    }\n}");
        var run = kernel.Run("var xs = new int[3];\n\nDeep.Fall(xs);");
        Assert.Contains("return x[7];", run.Traceback);
        Assert.Equal(3, (int?)run.Of("error").Single().Metadata["line"]);
        Assert.DoesNotContain("Leo.Kernel", run.Traceback);
    }

    [Fact]
    public void Exception_AfterAnAwait_StillNamesItsLine() =>
        Assert.Equal(2, (int?)kernel.Run("await Task.Delay(1);\nthrow new Exception(\"x\");").Of("error").Single().Metadata["line"]);

    [Fact]
    public void Variables_OfACellThatThrew_Stay()
    {
        kernel.Run("var kept = 11; throw new Exception();");
        Assert.Equal("11", kernel.Run("kept.ToString()").Value());
    }

    [Fact]
    public void CompilerErrors_Found_AreAllShownWithTheirPlace()
    {
        var run = kernel.Run("int x = \"text\";\nnosuch();");
        Assert.Equal("CompilationError", run.Reply.Text("ename"));
        Assert.StartsWith("(1,9): error CS0029", run.Reply.Text("evalue"));
        Assert.Contains("line 2, column 1: error CS0103", run.Traceback);
        Assert.Contains("        ^", run.Traceback);
        Assert.Equal(1, (int?)run.Of("error").Single().Metadata["line"]);
    }

    [Fact]
    public void Formatter_ThatThrows_IsAnErrorOfTheCell()
    {
        kernel.Run("record Shy();\nMicrosoft.DotNet.Interactive.Formatting.Formatter.Register<Shy>((f, w) => throw new Exception(\"not shown\"), \"text/html\");");
        var run = kernel.Run("new Shy()");
        Assert.Equal("error", run.Status);
        Assert.Contains("not shown", run.Traceback);
    }

    [Fact]
    public void Cells_QueuedBehindOneThatFails_AreAborted()
    {
        string first = kernel.Begin("System.Threading.Thread.Sleep(300); throw new Exception(\"first\");"), second = kernel.Begin("\"never\"");
        Assert.Equal("error", kernel.Finish(first).Status);
        Assert.Equal("aborted", kernel.Finish(second).Status);
        Assert.Equal("again", kernel.Run("\"again\"").Value());
    }
}
