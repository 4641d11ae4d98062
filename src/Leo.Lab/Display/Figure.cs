using System.Text.Json.Nodes;
using Leo.Lab.Display.Plots;
using static TorchSharp.torch;

namespace Leo.Lab.Display;

/// <summary>
/// An interactive figure, drawn by plotly.js in the reader's browser from plain Plotly JSON; nothing is asked of a server. plotly.js
/// itself goes into a notebook or page once, with the first figure.
/// </summary>
/// <example><code>
/// new Figure { Title = "loss", XLabel = "step", LogY = true }.Line(losses, "train").Line(held, "held out")
/// </code></example>
[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class Figure : IShown
{
    private readonly List<Trace> _traces = [];
    private readonly List<FigureFrame> _frames = [];

    // What a figure made of JSON brings beyond its traces.
    private JsonObject? _layout;
    private JsonArray? _rest;

    /// <summary>Heading. <value>Default empty.</value></summary>
    public string Title { get; init; } = "";

    /// <summary>Caption of the horizontal axis. <value>Default empty.</value></summary>
    public string XLabel { get; init; } = "";

    /// <summary>Caption of the vertical axis. <value>Default empty.</value></summary>
    public string YLabel { get; init; } = "";

    /// <summary>Caption of the third axis of a figure in space. <value>Default empty.</value></summary>
    public string ZLabel { get; init; } = "";

    /// <summary>Whether the vertical axis is logarithmic. <value>Default false.</value></summary>
    public bool LogY { get; init; }

    /// <summary>Whether a unit is as long on each axis. <value>Default false.</value></summary>
    public bool EqualUnits { get; init; }

    /// <summary>Height in screen pixels; the width is that of the page. <value>Default null: 380, in space 500.</value></summary>
    public int? Height { get; init; }

    /// <summary>What is drawn, in order.</summary>
    public IReadOnlyList<Trace> Traces => _traces;

    /// <summary>The pictures of an animation, in order; empty for a still figure.</summary>
    public IReadOnlyList<FigureFrame> Frames => _frames;

    /// <summary>The layout that JSON gave; it goes over what the properties say. Null for none.</summary>
    internal JsonObject? GivenLayout => _layout;

    /// <summary>The pictures of an animation that JSON gave; null for none.</summary>
    internal JsonArray? GivenFrames => _rest;

    /// <summary>Height as drawn.</summary>
    internal int Pixels => Height ?? (IsSpatial ? 500 : 380);

    /// <summary>Whether it is drawn in space.</summary>
    internal bool IsSpatial => _traces.Any(t => t.IsSpatial);

    /// <summary>Adds a trace.</summary>
    /// <exception cref="ArgumentException">It is flat and the others are in space, or the reverse.</exception>
    public Figure Add(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (_traces.Count > 0 && trace.IsSpatial != IsSpatial)
            throw new ArgumentException("A figure is either flat or in space.", nameof(trace));
        _traces.Add(trace);
        return this;
    }

    /// <summary>Adds a line.</summary>
    /// <param name="y">Heights.</param>
    /// <param name="name">For the legend. <value>Default empty.</value></param>
    /// <param name="x">Where they are. <value>Default null: 0, 1, 2 …</value></param>
    public Figure Line(IEnumerable<double> y, string name = "", IEnumerable<double>? x = null) =>
        Add(new LineTrace([.. y]) { Name = name, X = x is null ? null : [.. x] });

    /// <summary>Adds a line for each column of a matrix, such as the numbers of a motion code over time.</summary>
    /// <param name="values">[T] or [T, D].</param>
    /// <param name="name">Of several, <c>name[i]</c>. <value>Default empty.</value></param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public Figure Lines(Tensor values, string name = "")
    {
        double[][] columns = Columns(values);
        for (int d = 0; d < columns.Length; d++)
            Line(columns[d], columns.Length == 1 ? name : $"{name}[{d}]");
        return this;
    }

    /// <summary>Adds points.</summary>
    /// <param name="x">Horizontal places.</param>
    /// <param name="y">Vertical places.</param>
    /// <param name="name">For the legend. <value>Default empty.</value></param>
    public Figure Scatter(IEnumerable<double> x, IEnumerable<double> y, string name = "") => Add(new ScatterTrace([.. x], [.. y]) { Name = name });

    /// <summary>Adds the points of a matrix of two columns.</summary>
    /// <param name="points">[N, 2].</param>
    /// <param name="name">For the legend. <value>Default empty.</value></param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public Figure Scatter(Tensor points, string name = "") =>
        Columns(points) is [var x, var y] ? Scatter(x, y, name) : throw new ArgumentException($"Expected [N, 2], found [{string.Join(", ", points.shape)}].", nameof(points));

    /// <summary>Adds a path in space.</summary>
    /// <param name="points">[T, 3].</param>
    /// <param name="name">For the legend. <value>Default empty.</value></param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public Figure Trajectory(Tensor points, string name = "") => Columns(points) is [var x, var y, var z]
        ? Add(new TrajectoryTrace(x, y, z) { Name = name })
        : throw new ArgumentException($"Expected [T, 3], found [{string.Join(", ", points.shape)}].", nameof(points));

    /// <summary>Adds a matrix as coloured cells.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="signed">Whether zero is the middle of the scale. <value>Default false.</value></param>
    public Figure HeatMap(double[,] values, bool signed = false) => Add(new HeatMapTrace(values) { Signed = signed });

    /// <inheritdoc cref="HeatMap(double[,], bool)"/>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public Figure HeatMap(Tensor values, bool signed = false)
    {
        double[][] columns = Columns(values);
        double[,] matrix = new double[columns.Length == 0 ? 0 : columns[0].Length, columns.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            for (int r = 0; r < columns[c].Length; r++)
                matrix[r, c] = columns[c][r];
        }

        return HeatMap(matrix, signed);
    }

    /// <summary>Adds a distribution as a box.</summary>
    /// <param name="values">Its values.</param>
    /// <param name="name">Stands under the box. <value>Default empty.</value></param>
    public Figure Box(IEnumerable<double> values, string name = "") => Add(new BoxTrace([.. values]) { Name = name });

    /// <summary>Adds a picture of an animation; a slider and a play button appear. The figure's own traces are what is seen at first.</summary>
    /// <param name="label">Stands at the slider.</param>
    /// <param name="traces">What takes the place of the figure's first traces, one for one.</param>
    public Figure Frame(string label, params Trace[] traces)
    {
        _frames.Add(new FigureFrame(label, traces));
        return this;
    }

    /// <summary>The figure in Plotly's JSON: <c>data</c>, <c>layout</c>, <c>frames</c>.</summary>
    /// <exception cref="ArgumentException">Coordinates of a trace differ in number, or a picture of the animation has more or other traces than the figure.</exception>
    public string ToJson() => FigureJson.Write(this);

    /// <summary>Makes a figure of Plotly's JSON. Traces, layout and frames are kept as they are, but for a template: colours are those of the page.</summary>
    /// <param name="json">An object with <c>data</c>, and <c>layout</c> and <c>frames</c> where there are any, as <see cref="ToJson"/> writes it.</param>
    /// <exception cref="LeoException">It is no such object.</exception>
    /// <exception cref="ArgumentException">Some traces are flat and others in space.</exception>
    public static Figure FromJson(string json)
    {
        var given = PlotlyJson.Object(json, "figure");
        if (given["data"] is not JsonArray data || data.Any(t => t is not JsonObject))
        {
            throw new LeoException("figure", "expected a list of traces under data, found none", "Give Plotly's JSON");
        }
        var layout = given["layout"]?.DeepClone() as JsonObject ?? [];
        layout.Remove("template");
        double? height = layout["height"] is JsonValue value && value.TryGetValue(out double pixels) && pixels is > 0 and < 100_000 ? pixels : null;
        var figure = new Figure
        {
            Title = PlotlyJson.Title(layout["title"]),
            XLabel = PlotlyJson.Title(layout["xaxis"]?["title"]),
            YLabel = PlotlyJson.Title(layout["yaxis"]?["title"]),
            LogY = PlotlyJson.Text(layout["yaxis"]?["type"]) == "log",
            Height = (int?)height,
        };
        foreach (var trace in data)
        {
            figure.Add(new JsonTrace((JsonObject)trace!.DeepClone()));
        }
        (figure._layout, figure._rest) = (layout, given["frames"] is JsonArray { Count: > 0 } frames ? (JsonArray)frames.DeepClone() : null);
        return figure;
    }

    /// <summary>Makes a figure of a chart of Plotly.NET, through its JSON.</summary>
    /// <param name="chart">A <c>Plotly.NET.GenericChart</c>; the type is found by its name, for the library does not reference Plotly.NET.</param>
    /// <exception cref="LeoException">It is something else.</exception>
    public static Figure FromChart(object chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return FromJson(PlotlyNet.ToJson(chart));
    }

    /// <summary>Makes a chart of Plotly.NET of the figure, through its JSON; the pictures of an animation, which those charts do not have, are left out.</summary>
    /// <typeparam name="TChart"><c>Plotly.NET.GenericChart</c>, of whichever version the caller has.</typeparam>
    /// <exception cref="LeoException">It is another type.</exception>
    /// <example><code>
    /// var chart = new Figure().Line([1.0, 3, 2]).ToChart&lt;Plotly.NET.GenericChart&gt;();
    /// </code></example>
    public TChart ToChart<TChart>()
        where TChart : class
        => (TChart)PlotlyNet.FromJson(PlotlyJson.Object(FigureJson.WriteStill(this), "figure"), typeof(TChart));

    /// <inheritdoc/>
    public string ToHtml() => ToHtml(PlotlyPage.Notebook);

    /// <summary>The figure's lines as one <c>&lt;svg&gt;</c> element, still and without scripts, in the page's colours; for pages that stay small, and for what changes as one looks.</summary>
    /// <param name="width">Width in CSS pixels of the drawing; it scales with its container.</param>
    /// <param name="height">Height in CSS pixels, without the legend.</param>
    /// <exception cref="NotSupportedException">The figure has traces that are not lines.</exception>
    public string ToSvg(int width = 640, int height = 240) => new FigureSvg(this, width, height).Write();

    /// <summary>Writes the figure's lines as an SVG file, on white. An earlier file stays whole until the new one is complete.</summary>
    /// <param name="path">Where to; folders are made.</param>
    /// <exception cref="NotSupportedException">The figure has traces that are not lines.</exception>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void SaveSvg(string path) => AtomicFile.WriteText(path, new FigureSvg(this, 640, 240).WriteFile());

    /// <summary>What is drawn, in words.</summary>
    public override string ToString()
    {
        var parts = _traces.Select(t => t is JsonTrace { Kind: var given } ? given + (t.Name.Length > 0 ? $" {t.Name}" : "") : t.GetType().Name.Replace("Trace", "", StringComparison.Ordinal) switch
        {
            "HeatMap" => "heat map",
            var kind => kind.ToLowerInvariant(),
        } + (t.Name.Length > 0 ? $" {t.Name}" : ""));
        return $"figure{(Title.Length > 0 ? $" {Title}" : "")}: {string.Join(", ", parts)}{(_frames.Count > 0 ? $"; animation of {_frames.Count}" : "")}";
    }

    internal string ToHtml(PlotlyPage page)
    {
        string[] others = [.. _traces.OfType<JsonTrace>().Select(t => t.Kind).Except(PlotlyBundle.Traces)];
        return others.Length == 0 ? FigureHtml.Write(ToJson(), ToString(), Pixels, page) : FigureHtml.Undrawn(others);
    }

    private static double[][] Columns(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.dim() is not (1 or 2))
            throw new ArgumentException($"Expected [T] or [T, D], found [{string.Join(", ", values.shape)}].", nameof(values));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var matrix = (values.dim() == 1 ? values.unsqueeze(1) : values).detach().to(ScalarType.Float64).cpu().t().contiguous();
        double[] all = matrix.ToArray<double>();
        return matrix.shape[1] == 0 ? [.. Enumerable.Repeat(Array.Empty<double>(), (int)matrix.shape[0])] : [.. all.Chunk((int)matrix.shape[1])];
    }
}
