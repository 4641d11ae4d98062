using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Leo.Kernel.Tests;

/// <summary>Charts of Plotly.NET, brought by a cell.</summary>
[Collection(KernelCollection.Name)]
public sealed class PlotlyChartTests(KernelFixture kernel)
{
    private const string Make = """
        #r "nuget: Plotly.NET, 6.0.0"
        Plotly.NET.GenericChart Chart(string kind, string title)
        {
            var trace = new Plotly.NET.Trace(kind);
            trace.SetProperty("y", new[] { 1.0, 3, 2 });
            trace.SetProperty("name", "</script><b>");
            var layout = new Plotly.NET.Layout();
            layout.SetProperty("height", 240);
            layout.SetProperty("template", "white");
            return Plotly.NET.GenericChart.fromFigure(Plotly.NET.Figure.create(Microsoft.FSharp.Collections.ListModule.OfSeq(new[] { trace }), layout));
        }
        """;

    [Fact]
    public void Chart_AsLastExpression_IsDrawnByWhatIsInTheOutput()
    {
        var made = kernel.Run(Make);
        Assert.True(made.Status == "ok", made.Traceback);

        var first = kernel.Run("Chart(\"bar\", \"x\")");
        string html = first.Value("text/html")!;

        Assert.Equal("chart: bar </script><b>", first.Value());
        Assert.Contains("class=\"leo-plotly\"", html, StringComparison.Ordinal);
        Assert.Contains("data-height=\"240\"", html, StringComparison.Ordinal);
        var json = JsonNode.Parse(Regex.Match(html, "<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value)!;
        Assert.Equal("bar", (string)json["data"]![0]!["type"]!);
        Assert.Equal("</script><b>", (string)json["data"]![0]!["name"]!);
        Assert.Null(json["layout"]!["template"]);
        Assert.DoesNotMatch("""(src|href)\s*=\s*["']?https?:""", html);

        var second = kernel.Run("display(Chart(\"scatter\", \"y\")); new[] { 1 }.Length");
        string shown = CellRun.Form(Assert.Single(second.Of("display_data")), "text/html")!;
        Assert.Contains("class=\"leo-plot\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"leo-plotly\"", shown, StringComparison.Ordinal);

        Assert.Contains("traces of the kind sankey", kernel.Run("Chart(\"sankey\", \"z\")").Value("text/html"), StringComparison.Ordinal);
    }
}
