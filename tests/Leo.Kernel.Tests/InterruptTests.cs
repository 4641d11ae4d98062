using System.Diagnostics;

namespace Leo.Kernel.Tests;

[Collection(KernelCollection.Name)]
public sealed class InterruptTests(KernelFixture kernel)
{
    private const string Token = "((Func<System.Threading.CancellationToken>)AppContext.GetData(\"Leo.Notebook.Interrupted\"))()";

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("long n = 0; while (true) n++;")]
    [InlineData("await Task.Delay(1); while (true) { }")]
    [InlineData("await Task.Delay(1); await Task.Run(async () => await Task.Delay(1)); long k = 0; for (;;) { k++; if (k % 1000 == 0) await Task.Yield(); }")]
    [InlineData("await Task.Delay(1); while (true) { await Task.Yield(); }")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } finally { } }")]
    public void Interrupt_OfALoop_StopsIt(string loop)
    {
        var run = Stop("Console.WriteLine(\"running\"); Console.Out.Flush();\n" + loop);
        Assert.Equal("the cell was stopped", run.Reply.Text("evalue"));
        Assert.Equal("still here", kernel.Run("\"still here\"").Value());
    }

    [Fact]
    public void Interrupt_OfACellThatWatchesTheToken_LetsItSaveAndEnd()
    {
        string file = Path.Combine(kernel.Folder, "saved.txt");
        var run = Stop($$"""
            var stop = {{Token}};
            int step = 0;
            Console.WriteLine("running"); Console.Out.Flush();
            while (!stop.IsCancellationRequested) { step++; System.Threading.Thread.Sleep(1); }
            System.Threading.Thread.Sleep(500); // saving takes its time, and is not cut short
            System.IO.File.WriteAllText("saved.txt", "whole");
            $"saved at a step: {step > 0}"
            """);
        Assert.Equal("ok", run.Status);
        Assert.Equal("saved at a step: True", run.Value());
        Assert.Contains("asked to save and end", run.Stderr);
        Assert.Equal("whole", File.ReadAllText(file));
    }

    [Fact]
    public void Interrupt_PressedTwice_StopsACellThatIgnoresTheToken()
    {
        string id = kernel.Begin($"var ignored = {Token}; Console.WriteLine(\"running\"); Console.Out.Flush(); while (true) {{ }}");
        var heard = kernel.WaitFor(id, "running");
        kernel.Ask("interrupt_request", [], control: true);
        kernel.Ask("interrupt_request", [], control: true);
        Assert.Equal("Interrupted", kernel.Finish(id, heard).Reply.Text("ename"));
    }

    [Fact]
    public void Interrupt_ThrownByTheToken_IsCalledInterrupted()
    {
        var run = Stop($"var t = {Token}; Console.WriteLine(\"running\"); Console.Out.Flush(); await Task.Delay(-1, t);");
        Assert.Equal("Interrupted", run.Reply.Text("ename"));
    }

    [Fact]
    public void Interrupt_OfACellThatCannotBeAborted_GivesTheKernelBack()
    {
        var run = Stop("Console.WriteLine(\"running\"); Console.Out.Flush(); System.Threading.Thread.Sleep(6000);");
        Assert.Contains("could not be stopped", run.Reply.Text("evalue"));
        Assert.Equal("back", kernel.Run("\"back\"").Value());
    }

    [Fact]
    public void Interrupt_WhileInputIsAskedFor_EndsTheCell()
    {
        kernel.Client.Asked = _ =>
        {
            kernel.Client.Send("interrupt_request", [], control: true);
            Thread.Sleep(500);
            return "too late";
        };
        Assert.Equal("Interrupted", kernel.Run("input(\"?\")").Reply.Text("ename"));
        kernel.Client.Asked = _ => "in time";
        Assert.Equal("in time", kernel.Run("input(\"?\")").Value());
    }

    [Fact]
    public void Signal_Sigint_InterruptsTheCell()
    {
        string id = kernel.Begin("Console.WriteLine(\"running\"); Console.Out.Flush(); while (true) { }");
        var heard = kernel.WaitFor(id, "running");
        using (var kill = Process.Start("kill", ["-INT", kernel.Process.Id.ToString()])) kill.WaitForExit();
        Assert.Equal("Interrupted", kernel.Finish(id, heard).Reply.Text("ename"));
    }

    [Fact]
    public void Interrupt_WithNothingRunning_DoesNothing()
    {
        Assert.Equal("ok", (string?)kernel.Ask("interrupt_request", [], control: true)["status"]);
        Assert.Equal("x", kernel.Run("\"x\"").Value());
    }

    private CellRun Stop(string code)
    {
        string id = kernel.Begin(code);
        var heard = kernel.WaitFor(id, "running");
        kernel.Ask("interrupt_request", [], control: true);
        return kernel.Finish(id, heard);
    }
}
