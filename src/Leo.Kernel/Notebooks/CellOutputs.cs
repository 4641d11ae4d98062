using System.Text.Json.Nodes;
using Leo.Kernel.Wire;

namespace Leo.Kernel.Notebooks;

/// <summary>Gathers what cells publish into the outputs that a notebook file keeps.</summary>
internal sealed class CellOutputs
{
    private readonly Dictionary<string, List<JsonObject>> _displays = [];
    private readonly Dictionary<string, NotebookCell> _cells = [];
    private readonly HashSet<NotebookCell> _toClear = [];

    /// <summary>Says which cell a request was sent for; what the cell had shown before is gone.</summary>
    public void Begin(string requestId, NotebookCell cell)
    {
        _cells[requestId] = cell;
        (cell.Outputs, cell.Number) = ([], null);
    }

    /// <summary>Takes what the kernel published.</summary>
    public void Add(WireMessage message)
    {
        if (!_cells.TryGetValue(message.ParentId, out var cell)) return;
        switch (message.Type)
        {
            case "execute_input":
                cell.Number = message.Number("execution_count", 0);
                break;
            case "stream":
                Clear(cell);
                Stream(cell, message.Text("name"), message.Text("text"));
                break;
            case "display_data":
            case "execute_result":
                Clear(cell);
                Display(cell, message);
                break;
            case "update_display_data":
                foreach (var shown in _displays.GetValueOrDefault(DisplayId(message), [])) shown["data"] = Data(message);
                break;
            case "clear_output":
                _toClear.Add(cell);
                if (!message.Flag("wait")) Clear(cell);
                break;
            case "error":
                Clear(cell);
                cell.Outputs.Add(new JsonObject
                {
                    ["output_type"] = "error",
                    ["ename"] = message.Text("ename"),
                    ["evalue"] = message.Text("evalue"),
                    ["traceback"] = message.Content["traceback"]?.DeepClone() ?? new JsonArray(),
                });
                break;
        }
    }

    private static string DisplayId(WireMessage message) => NotebookText.Join(message.Content["transient"]?["display_id"]);

    private static JsonObject Data(WireMessage message) => NotebookText.SplitBundle(message.Content["data"] as JsonObject ?? []);

    private void Clear(NotebookCell cell)
    {
        if (_toClear.Remove(cell)) cell.Outputs.Clear();
    }

    private static void Stream(NotebookCell cell, string name, string text)
    {
        // Chunks of one stream are one output; how it was cut depends on the clock.
        if (cell.Outputs.LastOrDefault() is JsonObject last && NotebookText.Join(last["output_type"]) == "stream" && NotebookText.Join(last["name"]) == name)
            last["text"] = NotebookText.Split(NotebookText.Join(last["text"]) + text);
        else
            cell.Outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = name, ["text"] = NotebookText.Split(text) });
    }

    private void Display(NotebookCell cell, WireMessage message)
    {
        var output = new JsonObject { ["output_type"] = message.Type, ["metadata"] = new JsonObject(), ["data"] = Data(message) };
        if (message.Type == "execute_result") output["execution_count"] = cell.Number;
        cell.Outputs.Add(output);
        if (DisplayId(message) is { Length: > 0 } id)
        {
            if (!_displays.TryGetValue(id, out var shown)) _displays[id] = shown = [];
            shown.Add(output);
        }
    }
}
