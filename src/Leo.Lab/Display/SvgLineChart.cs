using System.Globalization;
using System.Net;
using System.Text;

namespace Leo.Lab.Display;

/// <summary>
/// A line chart as inline SVG: no script, no outside file, readable on light and dark pages (text and grid take
/// the page's colour). Meant for a motion code's trajectories and for training curves.
/// </summary>
public sealed class SvgLineChart
{
    private const int Left = 52, Right = 12, Top = 14, Bottom = 36;

    /// <summary>What the chart shows, for those who cannot see it and on hover. <value>Default empty.</value></summary>
    public string Title { get; init; } = "";

    /// <summary>Caption under the horizontal axis. <value>Default "frame".</value></summary>
    public string XLabel { get; init; } = "frame";

    /// <summary>Caption beside the vertical axis. <value>Default empty.</value></summary>
    public string YLabel { get; init; } = "";

    /// <summary>Where the first value stands on the horizontal axis. <value>Default 0.</value></summary>
    public double XStart { get; init; }

    /// <summary>What lies between two values on the horizontal axis: 1 frame, 50 steps. <value>Default 1.</value></summary>
    public double XStep { get; init; } = 1;

    /// <summary>Width in CSS pixels of the drawing; it scales with its container. <value>Default 640.</value></summary>
    public int Width { get; init; } = 640;

    /// <summary>Height in CSS pixels. <value>Default 240.</value></summary>
    public int Height { get; init; } = 240;

    /// <summary>Whether a legend is drawn under the chart. <value>Default true.</value></summary>
    public bool Legend { get; init; } = true;

    /// <summary>The lines, in drawing order. <value>Default none.</value></summary>
    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    /// <summary>The chart as one <c>&lt;svg&gt;</c> element (with its legend inside). All names are encoded.</summary>
    public string ToSvg()
    {
        double[] finite = Series.SelectMany(s => s.Values).Where(double.IsFinite).ToArray();
        var ticks = AxisTicks.Cover(finite.Length == 0 ? 0 : finite.Min(), finite.Length == 0 ? 1 : finite.Max());
        int steps = Math.Max(2, Series.Count == 0 ? 2 : Series.Max(s => s.Values.Count));
        int legendRows = Legend ? (Series.Count + 4) / 5 : 0;
        int total = Height + legendRows * 16;

        double X(double i) => Left + i / (steps - 1) * (Width - Left - Right);
        double Y(double v) => Top + (ticks[^1] - v) / (ticks[^1] - ticks[0]) * (Height - Top - Bottom);

        var svg = new StringBuilder();
        svg.Append($"<svg class=\"chart\" viewBox=\"0 0 {Width} {total}\" role=\"img\" aria-label=\"{Encode(Title)}\">");
        svg.Append($"<title>{Encode(Title)}</title>");
        foreach (double tick in ticks)
        {
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{N(Y(tick))}\" y2=\"{N(Y(tick))}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{N(Y(tick) + 4)}\" text-anchor=\"end\">{tick.ToString("G4", CultureInfo.InvariantCulture)}</text>");
        }
        foreach (double tick in AxisTicks.Within(XStart, XStart + ((steps - 1) * XStep)))
            svg.Append($"<text class=\"tick\" x=\"{N(X((tick - XStart) / XStep))}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{N(tick)}</text>");
        svg.Append($"<text class=\"label\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">{Encode(XLabel)}</text>");
        if (YLabel.Length > 0)
            svg.Append($"<text class=\"label\" transform=\"translate(11 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Encode(YLabel)}</text>");

        for (int i = 0; i < Series.Count; i++)
            AppendLine(svg, Series[i], Hue(i), X, Y);
        if (Legend)
            AppendLegend(svg);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Writes the chart as a file of its own, on white. An earlier file stays whole until the new one is complete.</summary>
    /// <param name="path">Where to; folders are made.</param>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void Save(string path)
    {
        string svg = ToSvg();
        int body = svg.IndexOf('>') + 1;
        AtomicFile.WriteText(path, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}"{svg[4..body]}
            <style>{FileStyle}</style>
            {svg[body..]}

            """);
    }

    // A page has its own style sheet (ReportStyle); a file by itself has none.
    private const string FileStyle = "svg{background:#fff;font-family:system-ui,sans-serif}.line{fill:none;stroke-width:1.4}.grid{stroke:#dcdcd6}.tick{fill:#5c636b;font-size:11px}.label{fill:#5c636b;font-size:12px}";

    private void AppendLine(StringBuilder svg, ChartSeries series, string colour, Func<double, double> x, Func<double, double> y)
    {
        var path = new StringBuilder();
        bool pen = false;
        for (int i = 0; i < series.Values.Count; i++)
        {
            double value = series.Values[i];
            if (double.IsFinite(value))
                path.Append(pen ? 'L' : 'M').Append(N(x(i))).Append(' ').Append(N(y(value)));
            pen = double.IsFinite(value);
        }
        svg.Append($"<path class=\"line\" stroke=\"{colour}\" d=\"{path}\"><title>{Encode(series.Name)}</title></path>");
    }

    private void AppendLegend(StringBuilder svg)
    {
        int column = (Width - Left - Right) / 5;
        for (int i = 0; i < Series.Count; i++)
        {
            int left = Left + i % 5 * column, top = Height + i / 5 * 16 + 10;
            svg.Append($"<rect x=\"{left}\" y=\"{top - 5}\" width=\"14\" height=\"3\" fill=\"{Hue(i)}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{left + 18}\" y=\"{top}\">{Encode(series(i))}</text>");
        }

        string series(int i) => Series[i].Name;
    }

    // Hues by the golden angle: neighbours differ most, and any number of lines gets distinct ones.
    private static string Hue(int i) => $"hsl({N((205 + i * 137.508) % 360)} 65% 50%)";

    private static string N(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>One line of a chart.</summary>
/// <param name="Name">Shown in the legend and on hover; any text.</param>
/// <param name="Values">One value a step; values that are not finite leave a gap.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double> Values);

/// <summary>Round numbers for an axis: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class AxisTicks
{
    /// <summary>Ticks whose first is at or below <paramref name="least"/> and whose last is at or above <paramref name="most"/>.</summary>
    /// <param name="least">Smallest value to show.</param>
    /// <param name="most">Largest value to show; where it equals <paramref name="least"/>, one unit of room is made.</param>
    public static IReadOnlyList<double> Cover(double least, double most)
    {
        if (!(most > least))
            (least, most) = (least - 0.5, least + 0.5);
        double step = Step(least, most);
        var ticks = new List<double>();
        for (double i = Math.Floor(least / step + 1e-9); ; i++)
        {
            ticks.Add(i * step);
            if (i * step >= most - 1e-9 * step)
                return ticks;
        }
    }

    /// <summary>Ticks that lie within both ends.</summary>
    /// <param name="least">Left end.</param>
    /// <param name="most">Right end, above <paramref name="least"/>.</param>
    public static IReadOnlyList<double> Within(double least, double most) =>
        [.. Cover(least, most).Where(tick => tick >= least && tick <= most)];

    private static double Step(double least, double most)
    {
        double rough = (most - least) / 5;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double lead = rough / power;
        return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    }
}
