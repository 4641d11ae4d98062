using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>A figure as plotly.js takes it.</summary>
internal static class FigureJson
{
    // Told apart on light and on dark ground, also by those who see red and green alike (after Okabe & Ito 2008).
    private static readonly string[] Colours = ["#3b8fd9", "#e08214", "#1fa187", "#c9529b", "#8c6fd1", "#b89a1c", "#d1495b", "#5aa9c7", "#7d8a96", "#6b9a3a"];

    // The default encoder also escapes <, > and &, so that JSON inside a page cannot end its script.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    public static string Write(Figure figure)
    {
        var json = new JsonObject { ["data"] = Data(figure.Traces), ["layout"] = Layout(figure) };
        if (figure.Frames.Count > 0)
            json["frames"] = new JsonArray([.. figure.Frames.Select((frame, i) => Frame(figure, frame, i))]);
        return json.ToJsonString(Options);
    }

    private static JsonArray Data(IReadOnlyList<Trace> traces) => [.. traces.Select((t, i) => (JsonNode?)t.ToPlotly(Colours[i % Colours.Length]))];

    private static JsonNode Frame(Figure figure, FigureFrame frame, int index)
    {
        if (frame.Traces.Count > figure.Traces.Count || frame.Traces.Zip(figure.Traces).Any(p => p.First.GetType() != p.Second.GetType()))
            throw new ArgumentException($"Picture {index} of the animation has other traces than the figure.");
        return new JsonObject
        {
            ["name"] = $"{index}",
            ["data"] = Data(frame.Traces),
            ["traces"] = new JsonArray([.. Enumerable.Range(0, frame.Traces.Count).Select(i => (JsonNode?)i)]),
        };
    }

    private static JsonObject Layout(Figure figure)
    {
        var layout = new JsonObject
        {
            ["height"] = figure.Height,
            ["autosize"] = true,
            ["showlegend"] = figure.Traces.Count(t => t.IsInLegend) > 1,
            ["hovermode"] = "closest",
            ["margin"] = new JsonObject { ["l"] = 56, ["r"] = 16, ["t"] = figure.Title.Length > 0 ? 44 : 20, ["b"] = figure.Frames.Count > 0 ? 96 : 48 },
        };
        if (figure.Title.Length > 0)
            layout["title"] = new JsonObject { ["text"] = PlotlyText.Encode(figure.Title), ["font"] = new JsonObject { ["size"] = 15 }, ["x"] = 0.01, ["xanchor"] = "left" };
        if (figure.IsSpatial)
            layout["scene"] = Scene(figure);
        else
            (layout["xaxis"], layout["yaxis"]) = (Axis(figure.XLabel), VerticalAxis(figure));
        if (figure.Frames.Count > 0)
            AddControls(layout, figure.Frames);
        return layout;
    }

    private static JsonObject Axis(string label) => new() { ["title"] = new JsonObject { ["text"] = PlotlyText.Encode(label) } };

    private static JsonObject VerticalAxis(Figure figure)
    {
        var axis = Axis(figure.YLabel);
        if (figure.LogY)
            (axis["type"], axis["exponentformat"]) = ("log", "power");
        if (figure.EqualUnits)
            (axis["scaleanchor"], axis["scaleratio"]) = ("x", 1);
        if (figure.Traces.Any(t => t is HeatMapTrace))
            axis["autorange"] = "reversed";
        return axis;
    }

    private static JsonObject Scene(Figure figure) => new()
    {
        ["xaxis"] = Axis(figure.XLabel),
        ["yaxis"] = Axis(figure.YLabel),
        ["zaxis"] = Axis(figure.ZLabel),
        ["aspectmode"] = figure.EqualUnits ? "data" : "cube",
    };

    private static void AddControls(JsonObject layout, IReadOnlyList<FigureFrame> frames)
    {
        layout["sliders"] = new JsonArray(new JsonObject
        {
            ["x"] = 0.12,
            ["len"] = 0.88,
            ["y"] = -0.12,
            ["pad"] = new JsonObject { ["t"] = 24 },
            ["steps"] = new JsonArray([.. frames.Select((f, i) => (JsonNode?)new JsonObject
            {
                ["label"] = PlotlyText.Encode(f.Label),
                ["method"] = "animate",
                ["args"] = new JsonArray(new JsonArray($"{i}"), Motion(0)),
            })]),
        });
        layout["updatemenus"] = new JsonArray(new JsonObject
        {
            ["type"] = "buttons",
            ["direction"] = "left",
            ["showactive"] = false,
            ["x"] = 0,
            ["xanchor"] = "left",
            ["y"] = -0.12,
            ["yanchor"] = "top",
            ["pad"] = new JsonObject { ["t"] = 24 },
            ["buttons"] = new JsonArray(Button("▶", null, Motion(60)), Button("❚❚", new JsonArray((JsonNode?)null), Motion(0))),
        });
    }

    private static JsonObject Button(string label, JsonNode? frames, JsonObject motion) =>
        new() { ["label"] = label, ["method"] = "animate", ["args"] = new JsonArray(frames, motion) };

    private static JsonObject Motion(int milliseconds) => new()
    {
        ["mode"] = "immediate",
        ["fromcurrent"] = true,
        ["frame"] = new JsonObject { ["duration"] = milliseconds, ["redraw"] = true },
        ["transition"] = new JsonObject { ["duration"] = 0 },
    };
}
