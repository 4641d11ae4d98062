using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leo.Lab.Display;
using Leo.Lab.Display.Plots;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Display;

public class FigureTests
{
    private static JsonNode Json(Figure figure) => JsonNode.Parse(figure.ToJson())!;

    [Fact]
    public void ToJson_Lines_HoldTheirPointsAndGaps()
    {
        var json = Json(new Figure { Title = "loss", XLabel = "step", LogY = true }.Line([1, double.NaN, 0.25], "train", [0, 10, 20]).Line([3.0], "other"));
        Assert.Equal("scatter", (string?)json["data"]![0]!["type"]);
        Assert.Equal("[1,null,0.25]", json["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal("[0,10,20]", json["data"]![0]!["x"]!.ToJsonString());
        Assert.Equal("loss", (string?)json["layout"]!["title"]!["text"]);
        Assert.Equal("log", (string?)json["layout"]!["yaxis"]!["type"]);
        Assert.True((bool)json["layout"]!["showlegend"]!);
        Assert.NotEqual((string?)json["data"]![0]!["line"]!["color"], (string?)json["data"]![1]!["line"]!["color"]);
    }

    [Theory]
    [InlineData(new[] { 3.0 }, "lines+markers")]
    [InlineData(new[] { double.NaN, 3.0 }, "lines+markers")]
    [InlineData(new[] { 3.0, 2.0 }, "lines")]
    public void ToJson_LineOfASinglePoint_IsMarked(double[] y, string mode) =>
        Assert.Equal(mode, (string?)Json(new Figure().Line(y))["data"]![0]!["mode"]);

    [Fact]
    public void ToJson_Numbers_HaveAFloatsDigits() =>
        Assert.Equal("[0.1,1234568,1.234568E-05]", Json(new Figure().Line([0.1f, 1234567.89, 0.0000123456789]))["data"]![0]!["y"]!.ToJsonString());

    [Fact]
    public void ToJson_Trajectory_IsDrawnInSpace()
    {
        using var points = arange(12, dtype: ScalarType.Float32).reshape(4, 3);
        var json = Json(new Figure { ZLabel = "m[2]" }.Trajectory(points, "a"));
        Assert.Equal("scatter3d", (string?)json["data"]![0]!["type"]);
        Assert.Equal("[2,5,8,11]", json["data"]![0]!["z"]!.ToJsonString());
        Assert.Equal("m[2]", (string?)json["layout"]!["scene"]!["zaxis"]!["title"]!["text"]);
    }

    [Fact]
    public void ToJson_HeatMap_PutsTheFirstRowOnTop()
    {
        var json = Json(new Figure().HeatMap(new double[,] { { 1, -2, 3 }, { 4, 5, double.NaN } }, signed: true));
        Assert.Equal("[[1,-2,3],[4,5,null]]", json["data"]![0]!["z"]!.ToJsonString());
        Assert.Equal("reversed", (string?)json["layout"]!["yaxis"]!["autorange"]);
        Assert.Equal((-5.0, 5.0), ((double)json["data"]![0]!["zmin"]!, (double)json["data"]![0]!["zmax"]!));
    }

    [Fact]
    public void ToJson_HeatMapOfATensor_KeepsRowsAndColumns()
    {
        using var values = tensor(new float[] { 1, 2, 3, 4, 5, 6 }).reshape(2, 3);
        Assert.Equal("[[1,2,3],[4,5,6]]", Json(new Figure().HeatMap(values))["data"]![0]!["z"]!.ToJsonString());
    }

    [Fact]
    public void ToJson_Box_LeavesOutWhatIsNotFinite() =>
        Assert.Equal("[1,2]", Json(new Figure().Box([1, double.PositiveInfinity, 2], "b"))["data"]![0]!["y"]!.ToJsonString());

    [Fact]
    public void ToJson_TensorOfColumns_IsALineEach()
    {
        using var codes = tensor(new float[] { 1, 2, 3, 4 }).reshape(2, 2);
        var json = Json(new Figure().Lines(codes, "m"));
        Assert.Equal(["m[0]", "m[1]"], json["data"]!.AsArray().Select(t => (string?)t!["name"]));
        Assert.Equal("[2,4]", json["data"]![1]!["y"]!.ToJsonString());
    }

    [Fact]
    public void ToJson_TensorWithoutRows_IsAnEmptyLineEach()
    {
        using var codes = zeros(0, 2);
        Assert.Equal(["[]", "[]"], Json(new Figure().Lines(codes, "m"))["data"]!.AsArray().Select(t => t!["y"]!.ToJsonString()));
    }

    [Fact]
    public void ToJson_Animation_HasASliderStepAPicture()
    {
        var figure = new Figure().Scatter([0], [0]);
        for (int t = 0; t < 3; t++) figure.Frame($"t = {t}", new ScatterTrace([t], [t * t]));
        var json = Json(figure);
        Assert.Equal(3, json["frames"]!.AsArray().Count);
        Assert.Equal("[4]", json["frames"]![2]!["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal(["t = 0", "t = 1", "t = 2"], json["layout"]!["sliders"]![0]!["steps"]!.AsArray().Select(s => (string?)s!["label"]));
        Assert.Equal("[-0.2,4.2]", json["layout"]!["yaxis"]!["range"]!.ToJsonString()); // of all pictures, and a twentieth
        Assert.Equal("animate", (string?)json["layout"]!["updatemenus"]![0]!["buttons"]![0]!["method"]);
        Assert.Equal("figure: scatter; animation of 3", figure.ToString());
    }

    [Fact]
    public void ToJson_AnimationOfOtherTraces_Throws() =>
        Assert.Contains("other traces", Assert.Throws<ArgumentException>(() => new Figure().Line([1]).Frame("0", new BoxTrace([1])).ToJson()).Message);

    [Fact]
    public void ToJson_CoordinatesThatDiffer_Throws() =>
        Assert.Contains("Y has 3 values, not 2", Assert.Throws<ArgumentException>(() => new Figure().Scatter([1, 2], [1, 2, 3]).ToJson()).Message);

    [Fact]
    public void Add_FlatToSpatial_Throws()
    {
        using var points = zeros(2, 3);
        Assert.Throws<ArgumentException>(() => new Figure().Trajectory(points).Line([1]));
        Assert.Throws<ArgumentException>(() => new Figure().Lines(zeros(2, 2, 2)));
        Assert.Throws<ArgumentException>(() => new Figure().Scatter(points));
    }

    [Fact]
    public void ToHtml_SecondFigureOfAPage_DoesNotBringPlotlyAgain()
    {
        var page = new PlotlyPage();
        Figure first = new Figure { Title = "1" }.Line([1]), second = new Figure { Title = "2" }.Line([2]);
        string once = first.ToHtml(page), other = second.ToHtml(page);
        Assert.Contains($"class=\"leo-plotly\" data-version=\"{PlotlyBundle.Key}\"", once);
        Assert.InRange(once.Length, 400_000, 800_000);
        Assert.DoesNotContain("class=\"leo-plotly\"", other);
        Assert.InRange(other.Length, 1000, 8000);
        Assert.Equal(once, first.ToHtml(page)); // the cell was run again, and what it had shown is gone
    }

    [Fact]
    public void Show_InAReport_BringsPlotlyOnce()
    {
        using var points = zeros(2, 3);
        string html = new HtmlReport("t", "l").Show(new Figure().Line([1])).Show(new Figure().Line([2])).Show(new Figure().Trajectory(points)).Show(new Table("a")).ToHtml();
        Assert.Single(Regex.Matches(html, "class=\"leo-plotly\""));
        Assert.Equal(3, Regex.Matches(html, "application/json\">").Count);
    }

    [Fact]
    public void ToHtml_HostileText_CannotLeaveItsScriptNorBecomeMarkup()
    {
        var figure = new Figure { Title = Shown.Hostile, XLabel = Shown.Hostile, YLabel = Shown.Hostile }.Line([1], Shown.Hostile)
            .Add(new ScatterTrace([1], [1]) { Labels = [Shown.Hostile] })
            .Add(new HeatMapTrace(new double[,] { { 1 } }) { ColumnNames = [Shown.Hostile], RowNames = [Shown.Hostile], Name = Shown.Hostile })
            .Frame(Shown.Hostile, new LineTrace([2]));
        Shown.AssertEncoded(figure.ToHtml(new PlotlyPage()));
        Assert.DoesNotContain("<img", Json(figure)["layout"]!["title"]!["text"]!.GetValue<string>());
        Assert.DoesNotMatch("<(?!/?(div|style|p|script)\\b)", Shown.WithoutScripts(figure.ToHtml(new PlotlyPage())));
    }

    [Fact]
    public void ToString_NamesWhatIsDrawn() =>
        Assert.Equal("figure codes: line m, box b, heat map", new Figure { Title = "codes" }.Line([1], "m").Box([1], "b").HeatMap(new double[1, 1]).ToString());
}
