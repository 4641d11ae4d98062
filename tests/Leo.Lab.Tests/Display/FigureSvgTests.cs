using System.Xml.Linq;
using Leo.Lab.Display;

namespace Leo.Lab.Tests.Display;

public class FigureSvgTests
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
        var chart = new Figure { Title = Hostile, XLabel = Hostile, YLabel = Hostile }.Line([1, 2], Hostile);

        string svg = chart.ToSvg();

        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", svg, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Hostile, XElement.Parse(svg).Element("title")!.Value);
    }

    [Fact]
    public void ToSvg_ValueThatIsNotFinite_LeavesAGap()
    {
        var chart = new Figure().Line([0, 1, double.NaN, 1, 0], "gap");
        string path = XElement.Parse(chart.ToSvg()).Element("path")!.Attribute("d")!.Value;
        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.DoesNotContain("NaN", path);
    }

    [Fact]
    public void ToSvg_WithoutLines_IsStillAChart() => Assert.Equal("svg", XElement.Parse(new Figure().ToSvg()).Name.LocalName);

    [Fact]
    public void ToSvg_RisingValues_RiseOnThePage()
    {
        string path = XElement.Parse(Chart("rising").ToSvg()).Element("path")!.Attribute("d")!.Value;
        double[] heights = path.Split('M', 'L').Skip(1).Select(p => double.Parse(p.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(heights[0] > heights[1] && heights[1] > heights[2]); // y grows downwards
    }

    private static Figure Chart(params string[] names) => names.Aggregate(new Figure(), (figure, name) => figure.Line([0, 0.5, 1], name));

    [Fact]
    public void ToSvg_LogarithmicHeights_AreEvenInTheLogarithm()
    {
        string path = XElement.Parse(new Figure { LogY = true }.Line([1, 10, 100]).ToSvg()).Element("path")!.Attribute("d")!.Value;
        double[] heights = path.Split('M', 'L').Skip(1).Select(p => double.Parse(p.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(heights[0] - heights[1], heights[1] - heights[2], 0.02);
    }

    [Fact]
    public void ToSvg_OtherTracesThanLines_AreRefusedByName()
    {
        var error = Assert.Throws<NotSupportedException>(() => new Figure().Box([1, 2]).ToSvg());
        Assert.Contains("BoxTrace", error.Message);
    }

    [Fact]
    public void ToSvg_Places_AreOnTheAxis()
    {
        string svg = new Figure().Line([3, 2, 1], "loss", [50, 100, 150]).ToSvg();
        Assert.Contains("<text class=\"tick\" x=\"109.6\" y=\"220\" text-anchor=\"middle\">60</text>", svg);
        Assert.Contains("<text class=\"tick\" x=\"570.4\" y=\"220\" text-anchor=\"middle\">140</text>", svg);
    }
}
