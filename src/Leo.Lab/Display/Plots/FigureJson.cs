using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Lab.Display.Plots;

/// <summary>A figure as plotly.js takes it.</summary>
internal static class FigureJson
{
    // Told apart on light and on dark ground, also by those who see red and green alike (after Okabe & Ito 2008).
    private static readonly string[] Colours = ["#3b8fd9", "#e08214", "#1fa187", "#c9529b", "#8c6fd1", "#b89a1c", "#d1495b", "#5aa9c7", "#7d8a96", "#6b9a3a"];

    /// <summary>The colour of a trace by its number.</summary>
    public static string Colour(int trace) => Colours[trace % Colours.Length];

    // The default encoder also escapes <, > and &, so that JSON inside a page cannot end its script.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    public static string Write(Figure figure)
    {
        var json = Still(figure, figure.Frames);
        if (figure.GivenFrames is { } given)
            json["frames"] = given.DeepClone();
        else if (figure.Frames.Count > 0)
            json["frames"] = new JsonArray([.. figure.Frames.Select((frame, i) => Frame(figure, frame, i))]);
        return json.ToJsonString(Options);
    }

    /// <summary>The figure without the pictures of its animation and what moves them.</summary>
    public static string WriteStill(Figure figure) => Still(figure, []).ToJsonString(Options);

    private static JsonObject Still(Figure figure, IReadOnlyList<FigureFrame> frames)
    {
        var layout = Layout(figure, frames);
        if (figure.GivenLayout is { } given)
            PlotlyJson.Overlay(layout, given);
        return new JsonObject { ["data"] = Data(figure.Traces), ["layout"] = layout };
    }

    private static JsonArray Data(IReadOnlyList<Trace> traces) => [.. traces.Select((t, i) => (JsonNode?)t.ToPlotly(Colour(i)))];

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

    private static JsonObject Layout(Figure figure, IReadOnlyList<FigureFrame> frames)
    {
        bool spatial = figure.IsSpatial, moves = frames.Count > 0;
        int bottom = moves ? BelowAxis(figure) + ControlsHeight : spatial ? 0 : 48;
        var layout = new JsonObject
        {
            ["height"] = figure.Pixels,
            ["autosize"] = true,
            ["showlegend"] = figure.Traces.Count(t => t.IsInLegend) > 1,
            ["hovermode"] = "closest",
            ["margin"] = new JsonObject { ["l"] = spatial ? 0 : 56, ["r"] = spatial ? 0 : 16, ["t"] = figure.Title.Length > 0 ? 44 : 20, ["b"] = bottom },
        };
        if (figure.Title.Length > 0)
            layout["title"] = new JsonObject { ["text"] = PlotlyText.Encode(figure.Title), ["font"] = new JsonObject { ["size"] = 15 }, ["x"] = 0.01, ["xanchor"] = "left" };
        if (spatial)
            layout["scene"] = FigureAxes.Scene(figure);
        else
            (layout["xaxis"], layout["yaxis"]) = (FigureAxes.Horizontal(figure), FigureAxes.Vertical(figure));
        if (moves)
            AddControls(layout, frames, BelowAxis(figure));
        return layout;
    }

    // Screen pixels under the axis' line that its numbers and title take, and those of slider and buttons.
    private static int BelowAxis(Figure figure) => figure.IsSpatial ? 8 : figure.XLabel.Length > 0 ? 48 : 28;

    private const int ControlsHeight = 62;

    private static void AddControls(JsonObject layout, IReadOnlyList<FigureFrame> frames, int below)
    {
        // Grey that is half seen through fits both themes.
        const string Soft = "rgba(128,128,128,0.25)", Line = "rgba(128,128,128,0.55)";
        layout["sliders"] = new JsonArray(new JsonObject
        {
            ["x"] = 0.12,
            ["len"] = 0.88,
            ["y"] = 0,
            ["pad"] = new JsonObject { ["t"] = below },
            ["bgcolor"] = Soft,
            ["activebgcolor"] = Colours[0],
            ["bordercolor"] = Line,
            ["tickcolor"] = Line,
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
            ["y"] = 0,
            ["yanchor"] = "top",
            ["pad"] = new JsonObject { ["t"] = below },
            ["bgcolor"] = Soft,
            ["bordercolor"] = Line,
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

/// <summary>One picture of an animation.</summary>
/// <param name="Label">Stands at the slider; any text.</param>
/// <param name="Traces">What takes the place of the figure's first traces.</param>
public sealed record FigureFrame(string Label, IReadOnlyList<Trace> Traces);

/// <summary>The axes of a figure.</summary>
internal static class FigureAxes
{
    // Below so many cells each gets its number; more would not fit.
    private const int MostNumbered = 20;

    // Screen pixels between an axis' numbers and its title.
    private const int TitleDistance = 8;

    public static JsonObject Horizontal(Figure figure)
    {
        var axis = FlatAxis(figure.XLabel);
        if (figure.EqualUnits)
            axis["constrain"] = "domain";
        if (figure.Traces.OfType<HeatMapTrace>().Any(t => t.ColumnNames is null && t.Values.GetLength(1) <= MostNumbered))
            axis["dtick"] = 1;
        Hold(axis, figure, vertical: false);
        return axis;
    }

    public static JsonObject Vertical(Figure figure)
    {
        var axis = FlatAxis(figure.YLabel);
        if (figure.LogY)
            (axis["type"], axis["exponentformat"]) = ("log", "power");
        if (figure.EqualUnits)
            (axis["scaleanchor"], axis["scaleratio"], axis["constrain"]) = ("x", 1, "domain");
        if (figure.Traces.OfType<HeatMapTrace>().Any(t => t.RowNames is null && t.Values.GetLength(0) <= MostNumbered))
            axis["dtick"] = 1;
        if (figure.Traces.Any(t => t is HeatMapTrace))
            axis["autorange"] = "reversed";
        else
            Hold(axis, figure, vertical: true);
        return axis;
    }

    public static JsonObject Scene(Figure figure) => new()
    {
        ["xaxis"] = Axis(figure.XLabel),
        ["yaxis"] = Axis(figure.YLabel),
        ["zaxis"] = Axis(figure.ZLabel),
        ["aspectmode"] = figure.EqualUnits ? "data" : "cube",
        ["camera"] = new JsonObject
        {
            ["eye"] = new JsonObject { ["x"] = 1.45, ["y"] = 1.45, ["z"] = 0.95 },
            ["center"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["z"] = -0.17 },
        },
    };

    private static JsonObject Axis(string label) => new() { ["title"] = new JsonObject { ["text"] = PlotlyText.Encode(label) } };

    // Without it plotly.js sets the title one and a half lines below the numbers, as far as the figure's very edge, which cuts it.
    private static JsonObject FlatAxis(string label)
    {
        var axis = Axis(label);
        axis["title"]!["standoff"] = TitleDistance;
        return axis;
    }

    // An animation's axes stand still and hold all its pictures; plotly.js would fit them to the first one.
    private static void Hold(JsonObject axis, Figure figure, bool vertical)
    {
        if (figure.Frames.Count == 0)
            return;
        bool log = vertical && figure.LogY;
        double[] values = figure.Traces.Concat(figure.Frames.SelectMany(f => f.Traces)).SelectMany(t => t.Extent(vertical))
            .Select(v => log ? Math.Log10(v) : v).Where(double.IsFinite).ToArray();
        if (values.Length == 0)
            return;
        double least = values.Min(), most = values.Max(), room = most > least ? 0.05 * (most - least) : 0.5;
        axis["range"] = new JsonArray(PlotlyText.Number(least - room), PlotlyText.Number(most + room));
    }
}
