using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Kernel;

/// <summary>Reads JSON of others to the last letter: a JsonNode decodes texts only when they are asked for, and throws then.</summary>
internal static class JsonTexts
{
    /// <summary>The node itself.</summary>
    /// <exception cref="JsonException">A text is not Unicode, or a key is there twice.</exception>
    public static JsonNode? Check(JsonNode? node)
    {
        try
        {
            Walk(node);
            return node;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new JsonException(e.Message, e);
        }
    }

    private static void Walk(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject entries:
                foreach (var (_, value) in entries) Walk(value);
                break;
            case JsonArray items:
                foreach (var item in items) Walk(item);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
        }
    }
}
