using System.Text.Json.Nodes;

namespace Leo.Kernel.Notebooks;

/// <summary>A cell of a notebook.</summary>
internal sealed class NotebookCell(JsonObject node)
{
    /// <summary>Its JSON.</summary>
    public JsonObject Node { get; } = node;

    /// <summary>Whether it is code that has something to run.</summary>
    public bool IsCode => IsOfCode && Source.Trim().Length > 0;

    /// <summary>Whether it is a code cell, empty or not.</summary>
    public bool IsOfCode => NotebookText.Join(Node["cell_type"]) == "code";

    /// <summary>Its text.</summary>
    public string Source => NotebookText.Join(Node["source"]);

    /// <summary>Whether it says that it is to fail, by the tag that Jupyter's tools use.</summary>
    public bool MayFail => Node["metadata"]?["tags"] is JsonArray tags && tags.Any(t => NotebookText.Join(t) == "raises-exception");

    /// <summary>Its number in the run; null where it was not run.</summary>
    public int? Number
    {
        get => Node["execution_count"] is JsonValue value && value.TryGetValue(out int number) ? number : null;
        set => Node["execution_count"] = value;
    }

    /// <summary>What it has shown.</summary>
    public JsonArray Outputs
    {
        get => Node["outputs"] as JsonArray ?? [];
        set => Node["outputs"] = value;
    }
}
