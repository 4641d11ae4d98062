using System.Text.RegularExpressions;
using Leo.Lab.Display.Plots;

namespace Leo.Lab.Tests.Display;

public class PlotlyBundleTests
{
    private static readonly Trace[] OneOfEach = [new LineTrace([1]), new ScatterTrace([1], [1]), new BoxTrace([1]), new HeatMapTrace(new double[1, 1]), new TrajectoryTrace([1], [1], [1]), new JsonTrace("""{"type":"bar","y":[1]}""")];

    [Fact]
    public void Code_HasWhatOurTracesAndThoseNamedNeedAndNoMore()
    {
        Assert.Equal(typeof(Trace).Assembly.GetTypes().Count(t => t.IsSubclassOf(typeof(Trace))), OneOfEach.Length);
        Assert.All(OneOfEach, t => Assert.Contains((string)t.ToPlotly("red")["type"]!, PlotlyBundle.Traces));
        Assert.Equal(PlotlyBundle.Traces.Order(), Regex.Matches(PlotlyBundle.Code, "moduleType:\"trace\",name:\"(\\w+)\"").Select(m => m.Groups[1].Value).Order());
    }

    [Fact]
    public void Code_KeepsItsVersionAndLicence()
    {
        Assert.Contains($"* plotly.js v{PlotlyBundle.Version}\n", PlotlyBundle.Code[..400]);
        Assert.Contains("Licensed under the MIT license", PlotlyBundle.Code[..400]);
        Assert.Contains("MapLibre", PlotlyBundle.Code[^4000..]); // the notices of what plotly.js itself contains stand at its end
    }
}
