using System.Text.Json.Nodes;
using Leo.Kernel.Cells;
using Leo.Kernel.Charts;
using Leo.Kernel.Dialect;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Host;

/// <summary>Runs cells for front ends: tells them what the cell prints, shows, asks and comes to.</summary>
internal sealed class CellExecution : ICellOutput, IDisposable
{
    private readonly Publisher _publisher;
    private readonly InputChannel _input;
    private readonly Task<CellEngine> _engine;
    private readonly CellStream _out, _err;
    private readonly Timer _flush;
    private volatile CellScope? _running;

    public CellExecution(Publisher publisher, InputChannel input)
    {
        (_publisher, _input) = (publisher, input);
        _out = new(publisher, "stdout", s => s.Stdout);
        _err = new(publisher, "stderr", s => s.Stderr);
        _flush = new(_ => FlushStreams(), null, 100, 100);
        Console.SetOut(_out);
        Console.SetError(_err);
        Console.SetIn(new ConsoleInput(() => Ask("", password: false)));
        PlotlyCharts.Watch();
        NotebookHost.Offer(this, () => CellScope.Current?.Interrupt.Token ?? CancellationToken.None);
        _engine = Task.Run(() =>
        {
            var engine = new CellEngine(Directory.GetCurrentDirectory());
            engine.WarmUp();
            return engine;
        });
    }

    /// <summary>Number of the last cell.</summary>
    public int Count { get; private set; }

    /// <summary>Cells so far.</summary>
    public CellHistory History { get; } = new();

    /// <summary>The compiler, once it is warm.</summary>
    public CellEngine Engine => _engine.GetAwaiter().GetResult();

    /// <summary>Whether a cell runs.</summary>
    public bool IsRunning => _running is not null;

    /// <summary>Stops the running cell, if there is one: asks it at first if it can be asked, else aborts it.</summary>
    public void Interrupt()
    {
        if (_running is not { } scope || !scope.Interrupt.Press()) return;
        Print("stderr", "Stopping: the cell was asked to save and end. Interrupt again to stop it at once.\n", scope.Request);
    }

    /// <summary>Runs the cell of an <c>execute_request</c> and returns the reply.</summary>
    public JsonObject Run(WireMessage request)
    {
        string code = request.Text("code");
        bool silent = request.Flag("silent");
        if (!silent && request.Flag("store_history", byDefault: true)) History.Add(++Count, code);
        if (!silent) _publisher.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = Count }, request);
        var scope = new CellScope(request);
        CellResult result;
        _running = scope;
        try
        {
            var engine = Engine;
            foreach (string file in engine.TakeRebuiltReferences())
                Print("stderr", $"warning: {file} was rebuilt after this session loaded it. Cells go on with the old code; restart the kernel to use the new one.\n", request);
            scope.Enter();
            result = engine.Execute(code, silent ? 0 : Count, scope.Interrupt);
        }
        finally
        {
            _running = null;
            CellScope.Leave();
            _out.Finish(scope);
            _err.Finish(scope);
        }
        return result.Error is { } error ? Failed(error, request) : Succeeded(result, request, silent);
    }

    /// <inheritdoc/>
    public void Display(JsonObject data, string displayId, bool update)
    {
        FlushStreams();
        var content = new JsonObject { ["data"] = data, ["metadata"] = new JsonObject(), ["transient"] = new JsonObject { ["display_id"] = displayId } };
        _publisher.Publish(update ? "update_display_data" : "display_data", content, CellScope.Current?.Request);
    }

    /// <inheritdoc/>
    public void Clear(bool wait)
    {
        FlushStreams();
        _publisher.Publish("clear_output", new JsonObject { ["wait"] = wait }, CellScope.Current?.Request);
    }

    /// <inheritdoc/>
    public string? Ask(string prompt, bool password)
    {
        FlushStreams();
        return _input.Ask(CellScope.Current, prompt, password);
    }

    /// <summary>Prints a line of the kernel's own under a cell.</summary>
    public void Print(string stream, string text, WireMessage? request) =>
        _publisher.Publish("stream", new JsonObject { ["name"] = stream, ["text"] = text }, request);

    /// <summary>Sends what is still held back.</summary>
    public void Dispose()
    {
        _flush.Dispose();
        FlushStreams();
    }

    private void FlushStreams()
    {
        _out.Flush();
        _err.Flush();
    }

    private JsonObject Succeeded(CellResult result, WireMessage request, bool silent)
    {
        if (result.Data is { } data && !silent)
            _publisher.Publish("execute_result", new JsonObject { ["execution_count"] = Count, ["data"] = data, ["metadata"] = new JsonObject() }, request);
        return new JsonObject
        {
            ["status"] = "ok",
            ["execution_count"] = Count,
            ["payload"] = new JsonArray(),
            ["user_expressions"] = new JsonObject(),
        };
    }

    private JsonObject Failed(CellError error, WireMessage request)
    {
        // The line goes into the metadata: notebook files allow no further keys in an error.
        _publisher.Publish("error", Describe(error), request, error.Line is { } line ? new JsonObject { ["line"] = line } : null);
        var reply = Describe(error);
        reply["status"] = "error";
        reply["execution_count"] = Count;
        return reply;
    }

    private static JsonObject Describe(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(t => JsonValue.Create(t))]),
    };
}
