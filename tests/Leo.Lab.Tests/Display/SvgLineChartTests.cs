using System.Xml.Linq;
using Leo.Lab.Display;

namespace Leo.Lab.Tests.Display;

public class SvgLineChartTests
{
    private const string Hostile = "</svg><script>alert(\"x\")</script>&<img src=x onerror='y'>";

    [Fact]
    public void ToSvg_IsWellFormed_WithOneLineASeries()
    {
        var svg = XElement.Parse(Chart("a", "b").ToSvg());
        Assert.Equal(2, svg.Elements("path").Count());
    }

    [Fact]
    public void ToSvg_HostileNames_AreEncoded()
    {
        var chart = new SvgLineChart { Title = Hostile, XLabel = Hostile, YLabel = Hostile, Series = [new ChartSeries(Hostile, [1, 2])] };

        string svg = chart.ToSvg();

        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", svg, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Hostile, XElement.Parse(svg).Element("title")!.Value);
    }

    [Fact]
    public void ToSvg_ValueThatIsNotFinite_LeavesAGap()
    {
        var chart = new SvgLineChart { Series = [new ChartSeries("gap", [0, 1, double.NaN, 1, 0])] };
        string path = XElement.Parse(chart.ToSvg()).Element("path")!.Attribute("d")!.Value;
        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.DoesNotContain("NaN", path);
    }

    [Fact]
    public void ToSvg_WithoutSeries_IsStillAChart() => Assert.Equal("svg", XElement.Parse(new SvgLineChart().ToSvg()).Name.LocalName);

    [Fact]
    public void ToSvg_RisingValues_RiseOnThePage()
    {
        string path = XElement.Parse(Chart("rising").ToSvg()).Element("path")!.Attribute("d")!.Value;
        double[] heights = path.Split('M', 'L').Skip(1).Select(p => double.Parse(p.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(heights[0] > heights[1] && heights[1] > heights[2]); // y grows downwards
    }

    private static SvgLineChart Chart(params string[] names) => new() { Series = [.. names.Select(n => new ChartSeries(n, [0, 0.5, 1]))] };

    [Fact]
    public void ToSvg_StepsBetweenValues_AreOnTheAxis()
    {
        string svg = new SvgLineChart { XStart = 50, XStep = 50, Series = [new("loss", [3, 2, 1])] }.ToSvg();
        Assert.Contains("<text class=\"tick\" x=\"109.6\" y=\"220\" text-anchor=\"middle\">60</text>", svg);
        Assert.Contains("<text class=\"tick\" x=\"570.4\" y=\"220\" text-anchor=\"middle\">140</text>", svg);
    }
}
