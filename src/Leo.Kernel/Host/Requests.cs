using System.Text.Json.Nodes;
using Leo.Kernel.Cells;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Host;

/// <summary>Answers to requests, by type.</summary>
internal sealed class Requests(CellExecution execution, Publisher publisher)
{
    /// <summary>Version of the protocol.</summary>
    public const string Protocol = "5.3";

    /// <summary>The content of the reply; null where the message wants none.</summary>
    public JsonObject? Answer(WireMessage request) => request.Type switch
    {
        "kernel_info_request" => KernelInfo(),
        "execute_request" => execution.Run(request),
        "is_complete_request" => IsComplete(request.Text("code")),
        "complete_request" => Complete(request),
        "inspect_request" => Inspect(request),
        "history_request" => execution.History.Answer(request),
        "comm_info_request" => new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() },
        "comm_open" => CloseComm(request),
        "interrupt_request" => Interrupt(),
        "shutdown_request" => new JsonObject { ["status"] = "ok", ["restart"] = request.Flag("restart") },
        _ => request.Type.EndsWith("_request", StringComparison.Ordinal) ? Failure("NotSupported", $"this kernel does not answer {request.Type}") : null,
    };

    /// <summary>A reply that says what went wrong.</summary>
    public static JsonObject Failure(string name, string message) => new()
    {
        ["status"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray(message),
    };

    private static JsonObject KernelInfo() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = Protocol,
        ["implementation"] = "leo-kernel",
        ["implementation_version"] = typeof(Requests).Assembly.GetName().Version?.ToString(3) ?? "",
        ["banner"] = $"C# on .NET {Environment.Version}",
        ["language_info"] = Notebooks.NotebookMetadata.LanguageInfo(),
        ["help_links"] = new JsonArray(),
    };

    private static JsonObject IsComplete(string code) => CellEngine.IsComplete(code)
        ? new() { ["status"] = "complete" }
        : new() { ["status"] = "incomplete", ["indent"] = "    " };

    private JsonObject Complete(WireMessage request)
    {
        string code = request.Text("code");
        int end = request.Number("cursor_pos", code.Length), at = TextPositions.ToUtf16(code, end);
        var (start, items) = Completion.At(execution.Engine.Analyse(code), code, at);
        int from = TextPositions.ToCodePoints(code, start);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. items.Select(i => JsonValue.Create(i.Text))]),
            ["cursor_start"] = from,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray(
                    [.. items.Select(i => new JsonObject { ["text"] = i.Text, ["type"] = i.Kind, ["start"] = from, ["end"] = end })]),
            },
        };
    }

    private JsonObject Inspect(WireMessage request)
    {
        string code = request.Text("code");
        string? text = Inspection.At(execution.Engine.Analyse(code), code, TextPositions.ToUtf16(code, request.Number("cursor_pos", code.Length)));
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = text is not null,
            ["data"] = text is null ? [] : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        };
    }

    // No comm has a target here; the protocol wants one that is unknown to be closed.
    private JsonObject? CloseComm(WireMessage request)
    {
        publisher.Publish("comm_close", new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }, request);
        return null;
    }

    private JsonObject Interrupt()
    {
        execution.Interrupt();
        return new JsonObject { ["status"] = "ok" };
    }
}
