using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Kernel.Notebooks;

/// <summary>A notebook's JSON as Jupyter writes it: sorted keys, one space, texts as lists of lines. So differences are read line by line.</summary>
internal static class NotebookText
{
    private static readonly JsonSerializerOptions Options =
        new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Where Jupyter's nbformat ends a line.
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

    /// <summary>The file's text.</summary>
    public static string Write(JsonObject notebook) => Unescape(Sorted(notebook)!.ToJsonString(Options)) + "\n";

    /// <summary>A text that may be one string or a list of them.</summary>
    public static string Join(JsonNode? text) => text switch
    {
        JsonArray lines => string.Concat(lines.Select(l => l is JsonValue v && v.TryGetValue(out string? s) ? s : "")),
        JsonValue value when value.TryGetValue(out string? whole) => whole,
        _ => "",
    };

    /// <summary>A text as a list of lines that keep their ends.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int length = text.AsSpan(start).IndexOfAny(LineEnds);
            int end = length < 0 ? text.Length : start + length + 1;
            if (length >= 0 && text[end - 1] == '\r' && end < text.Length && text[end] == '\n') end++;
            lines.Add(JsonValue.Create(text[start..end]));
            start = end;
        }
        return lines;
    }

    /// <summary>A bundle of forms with its texts as lists of lines; JSON stays JSON.</summary>
    public static JsonObject SplitBundle(JsonObject data)
    {
        var split = new JsonObject();
        foreach (var (type, value) in data)
        {
            bool json = type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal);
            split[type] = !json && value is JsonValue v && v.TryGetValue(out string? text) ? Split(text) : value?.DeepClone();
        }
        return split;
    }

    // The serialiser escapes emoji and more; in a notebook only control characters are, and in small letters.
    private static string Unescape(string json)
    {
        var text = new StringBuilder(json.Length);
        for (int i = 0; i < json.Length; i++)
        {
            text.Append(json[i]);
            if (json[i] != '\\') continue;
            char kind = json[++i];
            if (kind != 'u')
            {
                text.Append(kind);
                continue;
            }
            char value = (char)ushort.Parse(json.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            i += 4;
            if (value < ' ') text.Append(CultureInfo.InvariantCulture, $"u{(int)value:x4}");
            else text[^1] = value;
        }
        return text.ToString();
    }

    private static JsonNode? Sorted(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                var sorted = new JsonObject();
                foreach (var (key, value) in o.OrderBy(p => p.Key, StringComparer.Ordinal)) sorted[key] = Sorted(value);
                return sorted;
            case JsonArray a:
                return new JsonArray([.. a.Select(Sorted)]);
            default:
                return node?.DeepClone();
        }
    }
}
