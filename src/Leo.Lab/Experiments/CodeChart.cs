using Leo.Lab.Display;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>Motion codes over time, as a chart.</summary>
public static class CodeChart
{
    /// <summary>Draws <c>m = α − α₁</c>, a line for each number of the code.</summary>
    /// <param name="codes">α, [T, D].</param>
    /// <param name="title">What the codes are of.</param>
    /// <param name="strongest">So many of the lines, those that move most; null draws all. <value>Default null.</value></param>
    public static Figure Of(Tensor codes, string title, int? strongest = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var m = (codes - codes.narrow(0, 0, 1)).to(ScalarType.Float64).cpu().contiguous();
        double[] values = m.ToArray<double>();
        int dim = (int)m.shape[1], length = (int)m.shape[0];
        var lines = Enumerable.Range(0, dim)
            .Select(d => (Number: d, Values: Enumerable.Range(0, length).Select(t => values[(t * dim) + d]).ToArray()))
            .OrderByDescending(l => l.Values.Sum(v => v * v)).Take(strongest ?? dim).OrderBy(l => l.Number);
        var chart = new Figure { Title = title, XLabel = "frame", YLabel = "m = α − α₁" };
        foreach (var (number, line) in lines)
            chart.Line(line, $"m[{number}]");
        return chart;
    }
}
