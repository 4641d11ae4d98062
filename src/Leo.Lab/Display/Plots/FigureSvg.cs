using System.Globalization;
using System.Net;
using System.Text;

namespace Leo.Lab.Display.Plots;

/// <summary>The lines of a figure as inline SVG: no script, no outside file, readable on light and dark pages (text and grid take the page's colour).</summary>
internal sealed class FigureSvg
{
    private const int Left = 52, Right = 12, Top = 14, Bottom = 36, InARow = 5, LegendRow = 16;

    // A page has its own style sheet (ReportStyle); a file by itself has none.
    private const string FileStyle = "svg{background:#fff;font-family:system-ui,sans-serif}.line{fill:none;stroke-width:1.4}.grid{stroke:#dcdcd6}.tick{fill:#5c636b;font-size:11px}.label{fill:#5c636b;font-size:12px}";

    private readonly Figure _figure;
    private readonly LineTrace[] _lines;
    private readonly int _width, _height;
    private readonly double _least, _most;
    private readonly IReadOnlyList<double> _ticks;

    /// <summary>Measures the axes.</summary>
    /// <exception cref="NotSupportedException">The figure has traces that are not lines.</exception>
    public FigureSvg(Figure figure, int width, int height)
    {
        if (figure.Traces.FirstOrDefault(t => t is not LineTrace) is { } other)
            throw new NotSupportedException($"Only lines are drawn as SVG, the figure has a {other.GetType().Name}.");
        (_figure, _width, _height, _lines) = (figure, width, height, [.. figure.Traces.Cast<LineTrace>()]);
        double[] x = [.. _lines.SelectMany(l => l.Extent(vertical: false)).Where(double.IsFinite)], y = [.. _lines.SelectMany(l => l.Y).Select(Scaled).Where(double.IsFinite)];
        (_least, _most) = x.Length > 0 && x.Max() > x.Min() ? (x.Min(), x.Max()) : (x.FirstOrDefault(), x.FirstOrDefault() + 1);
        _ticks = AxisTicks.Cover(y.Length == 0 ? 0 : y.Min(), y.Length == 0 ? 1 : y.Max());
    }

    /// <summary>One <c>&lt;svg&gt;</c> element, its legend inside. All names are encoded.</summary>
    public string Write()
    {
        var named = _lines.Select((line, i) => (line.Name, Colour: FigureJson.Colour(i))).Where(l => l.Name.Length > 0).ToArray();
        bool hasLegend = named.Length > 1;
        int total = _height + (hasLegend ? (named.Length + InARow - 1) / InARow * LegendRow : 0);
        var svg = new StringBuilder();
        svg.Append($"<svg class=\"chart\" viewBox=\"0 0 {_width} {total}\" role=\"img\" aria-label=\"{Encode(_figure.Title)}\">");
        svg.Append($"<title>{Encode(_figure.Title)}</title>");
        WriteAxes(svg);
        for (int i = 0; i < _lines.Length; i++)
            WriteLine(svg, _lines[i], FigureJson.Colour(i));
        for (int i = 0; hasLegend && i < named.Length; i++)
        {
            int left = Left + (i % InARow * ((_width - Left - Right) / InARow)), top = _height + (i / InARow * LegendRow) + 10;
            svg.Append($"<rect x=\"{left}\" y=\"{top - 5}\" width=\"14\" height=\"3\" fill=\"{named[i].Colour}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{left + 18}\" y=\"{top}\">{Encode(named[i].Name)}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The same as a file of its own, on white.</summary>
    public string WriteFile()
    {
        string svg = Write();
        int body = svg.IndexOf('>', StringComparison.Ordinal) + 1;
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{_width}"{svg[4..body]}
            <style>{FileStyle}</style>
            {svg[body..]}

            """;
    }

    private void WriteAxes(StringBuilder svg)
    {
        foreach (double tick in _ticks)
        {
            string at = Number(Y(tick)), reads = (_figure.LogY ? Math.Pow(10, tick) : tick).ToString("G4", CultureInfo.InvariantCulture);
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{_width - Right}\" y1=\"{at}\" y2=\"{at}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{Number(Y(tick) + 4)}\" text-anchor=\"end\">{reads}</text>");
        }

        foreach (double tick in AxisTicks.Within(_least, _most))
            svg.Append($"<text class=\"tick\" x=\"{Number(X(tick))}\" y=\"{_height - Bottom + 16}\" text-anchor=\"middle\">{Number(tick)}</text>");
        if (_figure.XLabel.Length > 0)
            svg.Append($"<text class=\"label\" x=\"{(Left + _width - Right) / 2}\" y=\"{_height - 4}\" text-anchor=\"middle\">{Encode(_figure.XLabel)}</text>");
        if (_figure.YLabel.Length > 0)
            svg.Append($"<text class=\"label\" transform=\"translate(11 {(Top + _height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Encode(_figure.YLabel)}</text>");
    }

    private void WriteLine(StringBuilder svg, LineTrace line, string colour)
    {
        var path = new StringBuilder();
        bool pen = false;
        for (int i = 0; i < line.Y.Count; i++)
        {
            double y = Scaled(line.Y[i]), x = line.X?[i] ?? i;
            bool seen = double.IsFinite(y) && double.IsFinite(x);
            if (seen)
                path.Append(pen ? 'L' : 'M').Append(Number(X(x))).Append(' ').Append(Number(Y(y)));
            pen = seen;
        }

        svg.Append($"<path class=\"line\" stroke=\"{colour}\"{(line.Dashed ? " stroke-dasharray=\"5 4\"" : "")} d=\"{path}\"><title>{Encode(line.Name)}</title></path>");
    }

    private double Scaled(double y) => _figure.LogY ? Math.Log10(y) : y;

    private double X(double x) => Left + ((x - _least) / (_most - _least) * (_width - Left - Right));

    private double Y(double y) => Top + ((_ticks[^1] - y) / (_ticks[^1] - _ticks[0]) * (_height - Top - Bottom));

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
