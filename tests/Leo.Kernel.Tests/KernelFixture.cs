using System.Text.Json.Nodes;
using Leo.Kernel.Client;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Tests;

/// <summary>Tests that share one kernel, and so run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class KernelCollection : ICollectionFixture<KernelFixture>
{
    public const string Name = "kernel";
}

/// <summary>A real kernel process, with a client that talks to it over real sockets.</summary>
public sealed class KernelFixture : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    public KernelFixture()
    {
        Folder = Directory.CreateTempSubdirectory("leo-kernel-tests-").FullName;
        Process = KernelProcess.Start(Folder);
        Client = new(Process.Connection);
        Info = Client.WaitUntilReady(Long, () => !Process.HasExited);
    }

    internal string Folder { get; }

    internal KernelProcess Process { get; }

    internal KernelClient Client { get; }

    internal WireMessage Info { get; }

    public void Dispose()
    {
        Client.Shutdown();
        Process.WaitForExit(TimeSpan.FromSeconds(10));
        Client.Dispose();
        Process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Runs a cell.</summary>
    internal CellRun Run(string code) => Finish(Begin(code));

    /// <summary>Runs a cell in some other kernel.</summary>
    internal static CellRun Run(KernelClient client, KernelProcess process, string code, TimeSpan time)
    {
        List<WireMessage> published = [];
        client.Published = published.Add;
        string id = client.Send("execute_request", new JsonObject { ["code"] = code, ["silent"] = false });
        var reply = client.Wait(id, time, goOn: () => !process.HasExited);
        return new(reply, [.. published.Where(m => m.ParentId == id)]);
    }

    /// <summary>Sends a cell and does not wait.</summary>
    internal string Begin(string code) =>
        Client.Send("execute_request", new JsonObject { ["code"] = code, ["silent"] = false, ["store_history"] = true, ["allow_stdin"] = true, ["stop_on_error"] = true });

    /// <summary>Waits for a cell.</summary>
    internal CellRun Finish(string id, List<WireMessage>? before = null)
    {
        var published = before ?? [];
        Client.Published = published.Add;
        var reply = Told(() => Client.Wait(id, Long, goOn: () => !Process.HasExited));
        return new(reply, [.. published.Where(m => m.ParentId == id)]);
    }

    /// <summary>Listens until a running cell has printed a text.</summary>
    internal List<WireMessage> WaitFor(string id, string text)
    {
        List<WireMessage> published = [];
        Client.Published = published.Add;
        Client.Listen(Long, () => published.Any(m => m.ParentId == id && m.Text("text").Contains(text, StringComparison.Ordinal)));
        return published;
    }

    internal JsonObject Ask(string type, JsonObject content, bool control = false) =>
        Told(() => Client.Ask(type, content, Long, control, () => !Process.HasExited)).Content;

    // A test that waits in vain says what the kernel said.
    private WireMessage Told(Func<WireMessage> wait)
    {
        try
        {
            return wait();
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} Kernel: {(Process.HasExited ? $"exited with {Process.ExitCode}" : "running")}. {Process.Log}", e);
        }
    }
}

/// <summary>What came of a cell.</summary>
internal sealed record CellRun(WireMessage Reply, IReadOnlyList<WireMessage> Published)
{
    public string Status => Reply.Text("status");

    public string Stdout => Stream("stdout");

    public string Stderr => Stream("stderr");

    /// <summary>The last expression's value in a form.</summary>
    public string? Value(string mimeType = "text/plain") => Form(Published.SingleOrDefault(m => m.Type == "execute_result"), mimeType);

    public IReadOnlyList<WireMessage> Of(string type) => [.. Published.Where(m => m.Type == type)];

    public string Traceback => string.Join('\n', Reply.Content["traceback"]?.AsArray().Select(t => (string?)t) ?? []);

    public static string? Form(WireMessage? message, string mimeType) => (string?)message?.Content["data"]?[mimeType];

    private string Stream(string name) => string.Concat(Of("stream").Where(m => m.Text("name") == name).Select(m => m.Text("text")));
}
