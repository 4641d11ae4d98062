using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Leo.Kernel.Client;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Tests;

/// <summary>What a kernel has to live through.</summary>
[Collection(KernelCollection.Name)]
public sealed class SurvivalTests(KernelFixture kernel)
{
    [Fact]
    public void Message_MalformedOrWronglySigned_IsDroppedAndNothingRuns()
    {
        string file = Path.Combine(kernel.Folder, "intruder.txt");
        var content = new JsonObject { ["code"] = "System.IO.File.WriteAllText(\"intruder.txt\", \"x\");", ["silent"] = true };
        var good = kernel.Client.Frames("execute_request", content);
        byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

        var forged = new WireFormat(kernel.Process.Connection with { Key = "another key" }, "x").Encode("execute_request", content, null, []);
        kernel.Client.SendRaw(forged);
        kernel.Client.SendRaw([.. good[..1], [], .. good[2..]]);                        // unsigned
        kernel.Client.SendRaw([.. good[..1], good[1][..^1], .. good[2..]]);             // signature cut short
        kernel.Client.SendRaw([.. good[..5], Ascii("{\"code\":\"1\"}")]);                // content changed
        kernel.Client.SendRaw(good[..4]);                                               // frames missing
        kernel.Client.SendRaw([Ascii("no delimiter")]);
        kernel.Client.SendRaw([[]]);
        kernel.Client.SendRaw([.. Enumerable.Repeat(Ascii("x"), 1000)]);
        kernel.Client.SendRaw([new byte[8 << 20]]);

        Assert.Equal("alive", kernel.Run("\"alive\"").Value());
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Message_SentASecondTime_IsDropped()
    {
        kernel.Run("int counted = 0;");
        var frames = kernel.Client.Frames("execute_request", new JsonObject { ["code"] = "counted++;", ["silent"] = true });
        kernel.Client.SendRaw(frames);
        kernel.Client.SendRaw(frames);
        Assert.Equal("1", kernel.Run("counted.ToString()").Value());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{\"msg_type\":7}")]
    [InlineData("{\"msg_type\":\"execute_request\",\"msg_type\":\"execute_request\"}")]
    [InlineData("")]
    public void Message_SignedWithABrokenHeader_IsDropped(string header)
    {
        kernel.Client.SendRaw(Signed(header, "{}"));
        Assert.Equal("alive", kernel.Run("\"alive\"").Value());
    }

    [Theory]
    [InlineData("execute_request", "{\"code\":7,\"silent\":\"x\"}")]
    [InlineData("complete_request", "{\"code\":\"abc\",\"cursor_pos\":-5}")]
    [InlineData("complete_request", "{\"code\":\"abc\",\"cursor_pos\":5000000}")]
    [InlineData("inspect_request", "{\"cursor_pos\":9}")]
    [InlineData("history_request", "{\"hist_access_type\":\"search\",\"pattern\":\"[(*\",\"n\":-1}")]
    [InlineData("is_complete_request", "{}")]
    public void Request_WithNonsenseInIt_IsAnswered(string type, string content)
    {
        kernel.Ask(type, JsonNode.Parse(content)!.AsObject());
        Assert.Equal("alive", kernel.Run("\"alive\"").Value());
    }

    [Fact]
    public void FrontEnd_ThatDisconnectsWhileACellRuns_HarmsNothing()
    {
        using (var other = new KernelClient(kernel.Process.Connection))
        {
            other.WaitUntilReady(TimeSpan.FromMinutes(2));
            other.Send("execute_request", new JsonObject { ["code"] = "for (int i = 0; i < 300; i++) { Console.WriteLine(new string('x', 1000)); System.Threading.Thread.Sleep(1); } var lonely = 5;", ["silent"] = false });
            other.Listen(TimeSpan.FromMilliseconds(100));
        }
        Assert.Equal("5", kernel.Run("lonely.ToString()").Value());
    }

    [Fact]
    public void Port_ThatIsSentGarbage_StaysOpen()
    {
        foreach (int port in kernel.Process.Connection.Ports)
        {
            using var socket = new TcpClient("127.0.0.1", port);
            socket.GetStream().Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8);
        }
        Assert.Equal("alive", kernel.Run("\"alive\"").Value());
    }

    [Fact]
    public void Cell_ThatPrints100MB_IsCutAndKeepsItsEnd()
    {
        var run = kernel.Run("var line = new string('x', 999); for (int i = 0; i < 100_000; i++) Console.WriteLine(line); Console.WriteLine(\"the end\"); \"done\"");
        Assert.Equal("done", run.Value());
        Assert.InRange(run.Stdout.Length, 4 << 20, 5 << 20);
        Assert.EndsWith("the end\n", run.Stdout);
        Assert.Contains("characters left out", run.Stdout);
        Assert.Equal("short\n", kernel.Run("Console.WriteLine(\"short\");").Stdout);
    }

    [Theory]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"nobody catches me\")).Start(); System.Threading.Thread.Sleep(300);")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => throw new Exception(\"nobody catches me\")); System.Threading.Thread.Sleep(300);")]
    public void Thread_OfACellThatThrows_EndsAloneAndIsReported(string code)
    {
        var run = kernel.Run(code);
        Assert.Equal("ok", run.Status);
        Assert.Contains("nobody catches me", run.Stderr);
        Assert.Equal("alive", kernel.Run("\"alive\"").Value());
    }

    [Theory]
    [InlineData("System.Threading.Thread.CurrentThread.Interrupt(); System.Threading.Thread.Sleep(10);", "System.Threading.ThreadInterruptedException")]
    [InlineData("#pragma warning disable\nSystem.Threading.Thread.CurrentThread.Abort();", "System.PlatformNotSupportedException")]
    [InlineData("await Task.Yield(); throw new System.OperationCanceledException();", "System.OperationCanceledException")]
    [InlineData("Console.SetOut(null);", "System.ArgumentNullException")]
    public void Cell_ThatKillsItsOwnThread_IsAnError(string code, string error)
    {
        Assert.Equal(error, kernel.Run(code).Reply.Text("ename"));
        Assert.Equal("alive", kernel.Run("\"alive\"").Value());
    }

    [Fact]
    public void Cell_ThatTakesTheConsole_LeavesTheKernelAlive()
    {
        kernel.Run("var mine = Console.Out; Console.SetOut(System.IO.TextWriter.Null); Console.WriteLine(\"unseen\");");
        Assert.Equal("seen\n", kernel.Run("Console.SetOut(mine); Console.WriteLine(\"seen\");").Stdout);
    }

    [Fact]
    public void Cells_AThousandInARow_AllRunAndMemoryStaysFlat()
    {
        kernel.Run("var total = 0;");
        List<string> ids = [.. Enumerable.Range(0, 200).Select(i => kernel.Begin($"total += {i}; Console.WriteLine(total);"))];
        CellRun[] first = [.. ids.Select(i => kernel.Finish(i))];
        Assert.All(first, r => Assert.Equal("ok", r.Status));
        long before = Memory();
        ids = [.. Enumerable.Range(200, 800).Select(i => kernel.Begin($"total += {i};"))];
        Assert.All(ids.Select(i => kernel.Finish(i)), r => Assert.Equal("ok", r.Status));
        Assert.Equal("499500", kernel.Run("total.ToString()").Value());
        // Each cell is an assembly that stays; were references bound anew for each, this would be hundreds of megabytes.
        Assert.InRange(Memory() - before, long.MinValue, 800 * (100L << 10));
    }

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private long Memory() => long.Parse(kernel.Run("GC.GetTotalMemory(forceFullCollection: true).ToString()").Value()!, Invariant);

    private List<byte[]> Signed(string header, string content)
    {
        byte[][] parts = [Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), Encoding.UTF8.GetBytes(content)];
        using var hash = new System.Security.Cryptography.HMACSHA256(Encoding.UTF8.GetBytes(kernel.Process.Connection.Key));
        string signature = Convert.ToHexStringLower(hash.ComputeHash([.. parts.SelectMany(p => p)]));
        return ["<IDS|MSG>"u8.ToArray(), Encoding.ASCII.GetBytes(signature), .. parts];
    }
}
