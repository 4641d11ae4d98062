using System.Text;
using System.Text.Json;

namespace Leo.Fuzz.Mutation;

/// <summary>JSON that may break JSON's own rules: keys twice, numbers that are none, texts that no encoder would write.</summary>
internal sealed class JsonTree
{
    private JsonTree()
    {
    }

    /// <summary>A value as it is written, where this is neither an object nor a list.</summary>
    public string? Raw { get; set; }

    /// <summary>Entries of an object (with keys) or a list (without).</summary>
    public List<(string? Key, JsonTree Value)> Entries { get; } = [];

    public bool IsObject { get; private init; }

    public static JsonTree Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
        return From(document.RootElement);
    }

    public static JsonTree Value(string raw) => new() { Raw = raw };

    public static JsonTree From(JsonElement element)
    {
        var tree = new JsonTree
        {
            IsObject = element.ValueKind == JsonValueKind.Object,
            Raw = element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : element.GetRawText(),
        };
        if (element.ValueKind == JsonValueKind.Object)
            tree.Entries.AddRange(element.EnumerateObject().Select(p => ((string?)p.Name, From(p.Value))));
        else if (element.ValueKind == JsonValueKind.Array)
            tree.Entries.AddRange(element.EnumerateArray().Select(e => ((string?)null, From(e))));
        return tree;
    }

    /// <summary>This and everything below.</summary>
    public IEnumerable<JsonTree> All() => Entries.SelectMany(e => e.Value.All()).Prepend(this);

    /// <summary>A copy, which may be put anywhere, also into this.</summary>
    public JsonTree Clone()
    {
        var copy = new JsonTree { Raw = Raw, IsObject = IsObject };
        copy.Entries.AddRange(Entries.Select(e => (e.Key, e.Value.Clone())));
        return copy;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        if (Raw is not null)
        {
            text.Append(Raw);
            return;
        }
        text.Append(IsObject ? '{' : '[');
        for (int i = 0; i < Entries.Count; i++)
        {
            if (i > 0) text.Append(',');
            if (IsObject) text.Append(JsonSerializer.Serialize(Entries[i].Key ?? "")).Append(':');
            Entries[i].Value.Write(text);
        }
        text.Append(IsObject ? '}' : ']');
    }
}
