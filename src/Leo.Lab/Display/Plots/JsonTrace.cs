using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>A trace in Plotly's own JSON, of any kind that plotly.js knows: what a <see cref="Figure"/> made of JSON holds.</summary>
public sealed record JsonTrace : Trace
{
    private readonly JsonObject _json;

    /// <summary>Takes a trace as it is.</summary>
    /// <param name="json">An object such as <c>{"type":"bar","y":[1,2]}</c>.</param>
    /// <exception cref="LeoException">It is no JSON object.</exception>
    public JsonTrace(string json)
        : this(PlotlyJson.Object(json, "trace"))
    {
    }

    internal JsonTrace(JsonObject json)
    {
        _json = json;
        Name = WebUtility.HtmlDecode(PlotlyJson.Text(json["name"]));
    }

    /// <summary>Plotly's name of its kind.</summary>
    public string Kind => PlotlyJson.Text(_json["type"]) is { Length: > 0 } kind ? kind : "scatter";

    internal override bool IsSpatial => Kind is "scatter3d" or "surface" or "mesh3d" or "cone" or "streamtube" or "volume" or "isosurface";

    // Theirs is the colour that they bring; without one it is its turn.
    internal override JsonObject ToPlotly(string colour) => (JsonObject)_json.DeepClone();
}

/// <summary>Reads Plotly's JSON.</summary>
internal static class PlotlyJson
{
    /// <summary>An object.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="what">What it is, for errors.</param>
    /// <exception cref="LeoException">It is something else.</exception>
    public static JsonObject Object(string json, string what)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            if (JsonNode.Parse(json) is JsonObject found)
            {
                return found;
            }
        }
        catch (JsonException e)
        {
            throw new LeoException(what, $"expected a JSON object, found something else ({e.Message})", "Give Plotly's JSON", e);
        }
        throw new LeoException(what, "expected a JSON object, found something else", "Give Plotly's JSON");
    }

    /// <summary>A text; empty for anything else.</summary>
    public static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    /// <summary>A title, which may be a text or an object that has one.</summary>
    public static string Title(JsonNode? node) => WebUtility.HtmlDecode(Text(node is JsonObject title ? title["text"] : node));

    /// <summary>Puts what is given over what is there, object by object.</summary>
    public static void Overlay(JsonObject target, JsonObject given)
    {
        foreach (var (key, value) in given)
        {
            if (value is JsonObject inner && target[key] is JsonObject there)
            {
                Overlay(there, inner);
            }
            else
            {
                target[key] = value?.DeepClone();
            }
        }
    }
}
