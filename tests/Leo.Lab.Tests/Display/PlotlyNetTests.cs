using System.Text.Json.Nodes;
using Leo.Lab.Display.Plots;
using Plotly.NET;
using static TorchSharp.torch;
using Figure = Leo.Lab.Display.Figure;

namespace Leo.Lab.Tests.Display;

/// <summary>Figures and charts of Plotly.NET, each made of the other.</summary>
public class PlotlyNetTests
{
    public static TheoryData<string> Figures => [.. Made().Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Figures))]
    public void Figure_IntoAChartAndBack_IsTheSameJson(string name)
    {
        var figure = Made().Single(f => f.Name == name).Figure;

        var chart = figure.ToChart<GenericChart>();
        var back = Figure.FromChart(chart);

        Assert.True(JsonNode.DeepEquals(Numbers(JsonNode.Parse(figure.ToJson())), Numbers(JsonNode.Parse(back.ToJson()))), back.ToJson());
        Assert.Equal((figure.Title, figure.XLabel, figure.YLabel, figure.LogY, figure.Pixels), (back.Title, back.XLabel, back.YLabel, back.LogY, back.Pixels));
        Assert.Equal(figure.IsSpatial, back.IsSpatial);
    }

    [Fact]
    public void Chart_IntoAFigureAndBack_HasTheSameTraces()
    {
        var trace = new Plotly.NET.Trace("bar");
        trace.SetProperty("x", new[] { "a", "b" });
        trace.SetProperty("y", new[] { 1, 2.5 });
        var chart = GenericChart.fromFigure(Plotly.NET.Figure.create(Microsoft.FSharp.Collections.ListModule.OfSeq([trace]), new Layout()));

        var figure = Figure.FromChart(chart);
        var back = figure.ToChart<GenericChart>();

        Assert.Equal("bar", Assert.IsType<JsonTrace>(Assert.Single(figure.Traces)).Kind);
        Assert.Equal("figure: bar", figure.ToString());
        Assert.True(JsonNode.DeepEquals(Numbers(JsonNode.Parse(GenericChart.toFigureJson(chart))!["data"]), Numbers(JsonNode.Parse(GenericChart.toFigureJson(back))!["data"])));
        Assert.Contains("class=\"leo-plot\"", figure.Line([1, 2], "more").ToHtml(new PlotlyPage()));
    }

    [Fact]
    public void ToChart_OfAnAnimation_IsItsFirstPicture()
    {
        var chart = new Figure().Line([1, 2]).Frame("0", new LineTrace([2, 1])).ToChart<GenericChart>();
        var json = JsonNode.Parse(GenericChart.toFigureJson(chart))!;
        Assert.Empty(json["frames"]!.AsArray());
        Assert.Null(json["layout"]!["sliders"]);
    }

    [Fact]
    public void FromJson_WithATemplate_LeavesItOut() =>
        Assert.DoesNotContain("template", Figure.FromJson("""{"data":[],"layout":{"template":{"layout":{"paper_bgcolor":"white"}}}}""").ToJson(), StringComparison.Ordinal);

    [Fact]
    public void ToHtml_WithAKindThatIsNotDrawn_SaysSo() =>
        Assert.Contains("traces of the kind sankey", Figure.FromJson("""{"data":[{"type":"sankey"}]}""").ToHtml(new PlotlyPage()), StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"data\":[1]}")]
    [InlineData("{")]
    public void FromJson_OfSomethingElse_Throws(string json) => Assert.Contains("Plotly's JSON", Assert.Throws<LeoException>(() => Figure.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Conversions_OfSomethingElse_NameWhatTheyFound()
    {
        Assert.Contains("found a System.Version", Assert.Throws<LeoException>(() => Figure.FromChart(new Version())).Message, StringComparison.Ordinal);
        Assert.Contains("found System.Version", Assert.Throws<LeoException>(() => new Figure().ToChart<Version>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_DoesNotReferencePlotlyNet() =>
        Assert.DoesNotContain(typeof(Figure).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("Plotly", StringComparison.Ordinal) || a.Name.StartsWith("FSharp", StringComparison.Ordinal));

    private static IEnumerable<(string Name, Figure Figure)> Made()
    {
        yield return ("lines", new Figure { Title = "a < b", XLabel = "x", YLabel = "y", Height = 240, LogY = true }.Line([1, double.NaN, 3], "l").Line([1, 2], x: [0.5, 2]));
        yield return ("points", new Figure { EqualUnits = true }.Add(new ScatterTrace([1, 2], [2, 1]) { Values = [0, 1], Labels = ["<i>", "b"], Name = "p & q" }));
        yield return ("heat map", new Figure().Add(new HeatMapTrace(new[,] { { 1.0, double.NaN }, { -2, 3 } }) { Signed = true, RowNames = ["r", "s"] }));
        yield return ("boxes", new Figure { Title = "boxes" }.Box([1, 2, 9], "a").Box([4], "b"));
        using var path = tensor(new[] { 0f, 1, 2, 3, 4, 5 }).reshape(2, 3);
        yield return ("in space", new Figure { Title = "path" }.Trajectory(path, "t"));
    }

    // 1 and 1.0 are the same number.
    private static JsonNode? Numbers(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Numbers(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Numbers)]),
        JsonValue v when v.GetValueKind() == System.Text.Json.JsonValueKind.Number => JsonValue.Create(double.Parse(v.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)),
        _ => node?.DeepClone(),
    };
}
