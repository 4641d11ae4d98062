using System.Globalization;
using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>Values as plotly.js reads them.</summary>
internal static class PlotlyText
{
    /// <summary>plotly.js takes text for a small HTML, so that a name like <c>&lt;b&gt;</c> has to be encoded to show as it is.</summary>
    public static string Encode(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode?)Encode(t))];

    /// <summary>Numbers with the digits of a float, so that notebooks stay small; what is not finite becomes a gap.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(Number)];

    /// <inheritdoc cref="Numbers"/>
    public static JsonNode? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) : null;
}
