using System.Text.Json;
using System.Text.Json.Nodes;
using Leo.Kernel.Charts;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace Leo.Kernel.Dialect;

/// <summary>A value in each of its forms, by media type, as Jupyter's messages carry it.</summary>
internal static class MimeBundle
{
    private const int MostPlainCharacters = 2000;

    /// <summary>The forms asked for, or those that the type prefers, and always a plain one.</summary>
    public static JsonObject Of(object? value, params IReadOnlyCollection<string> mimeTypes)
    {
        PlotlyCharts.Register();
        var data = new JsonObject();
        IEnumerable<string> wanted = mimeTypes.Count > 0 ? mimeTypes : Formatter.GetPreferredMimeTypesFor(value?.GetType() ?? typeof(object));
        foreach (string type in wanted) data[type] = Form(type, value.ToDisplayString(type));
        if (!data.ContainsKey(PlainTextFormatter.MimeType)) data[PlainTextFormatter.MimeType] = Plain(value);
        return data;
    }

    /// <summary>Text that already is of a media type; front ends expect JSON types as JSON.</summary>
    public static JsonNode? Form(string mimeType, string text)
    {
        if (mimeType != "application/json" && !mimeType.EndsWith("+json", StringComparison.Ordinal)) return text;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string Plain(object? value)
    {
        if (value is IHtmlContent) return "(HTML)";
        string text = value.ToDisplayString(PlainTextFormatter.MimeType);
        return text.Length <= MostPlainCharacters ? text : text[..MostPlainCharacters] + "…";
    }
}
