using System.Text.Json;
using System.Text.Json.Nodes;
using Leo.Kernel.Notebooks;
using Leo.Lab.Display.Plots;

namespace Leo.Kernel.Charts;

/// <summary>A chart in Plotly's JSON, as it is shown under a cell.</summary>
internal sealed class PlotlyChart
{
    private const int DefaultHeight = 450;

    private readonly JsonObject _json;
    private readonly JsonObject _layout;

    private PlotlyChart(JsonObject json)
    {
        _json = json;
        _layout = json["layout"] as JsonObject ?? [];
        json["layout"] = _layout;
        // The page's own colours are put in its place, so that charts follow the theme; what a chart itself sets stays.
        _layout.Remove("template");
        Height = _layout["height"] is JsonValue value && value.TryGetValue(out double height) && height is > 0 and < 100_000 ? (int)height : DefaultHeight;
        _layout["height"] = Height;
    }

    /// <summary>Screen pixels.</summary>
    public int Height { get; }

    /// <summary>The kinds of its traces, each once.</summary>
    public IReadOnlyList<string> Kinds =>
        [.. (_json["data"] as JsonArray ?? []).Select(t => NotebookText.Join((t as JsonObject)?["type"])).Select(t => t.Length > 0 ? t : "scatter").Distinct()];

    /// <summary>Reads Plotly's JSON: <c>data</c>, <c>layout</c>, <c>frames</c>.</summary>
    /// <exception cref="KernelException">It is something else.</exception>
    public static PlotlyChart Read(string json)
    {
        try
        {
            if (JsonTexts.Check(JsonNode.Parse(json)) is JsonObject chart && chart["data"] is JsonArray) return new(chart);
        }
        catch (JsonException e)
        {
            throw new KernelException("chart", $"expected Plotly's JSON, found something else ({e.Message})", "Give a chart of Plotly.NET", e);
        }
        throw new KernelException("chart", "expected Plotly's JSON with data, found none", "Give a chart of Plotly.NET");
    }

    /// <summary>The chart in a page; a line of text where it has traces that the plotly.js at hand does not draw.</summary>
    public string ToHtml()
    {
        string[] others = [.. Kinds.Except(PlotlyBundle.Traces)];
        return others.Length > 0
            ? FigureHtml.Undrawn(others)
            // The default encoder escapes what could end the page's script.
            : FigureHtml.Write(_json.ToJsonString(), ToString(), Height, PlotlyPage.Notebook);
    }

    /// <summary>What is drawn, in words.</summary>
    public override string ToString() => $"chart: {string.Join(", ", (_json["data"] as JsonArray ?? []).Select(Words))}";

    private static string Words(JsonNode? trace)
    {
        string kind = NotebookText.Join((trace as JsonObject)?["type"]), name = NotebookText.Join((trace as JsonObject)?["name"]);
        return (kind.Length > 0 ? kind : "scatter") + (name.Length > 0 ? $" {name}" : "");
    }
}
