using Leo.Lab.Training;

namespace Leo.Lab.Display;

/// <summary>The losses of a run, thinned to what a small chart can show.</summary>
internal sealed class TrainingCurves
{
    /// <summary>What names of losses begin with.</summary>
    public const string Prefix = "loss.";

    /// <summary>Lines of the chart at most.</summary>
    public const int Most = 4;

    private const int MostPoints = 300;
    private readonly List<TrainingMetrics> lines = [];

    public void Add(TrainingMetrics metrics) => lines.Add(metrics);

    /// <summary>The chart; null before the second line of the log.</summary>
    public SvgLineChart? Chart()
    {
        if (lines.Count < 2)
            return null;
        int bundle = ((lines.Count - 1) / MostPoints) + 1;
        var groups = lines.Chunk(bundle).ToArray();
        string[] names = [.. lines.SelectMany(l => l.Scalars.Keys).Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Distinct().Take(Most)];
        return new SvgLineChart
        {
            Title = "losses",
            XLabel = "step",
            Width = 480,
            Height = 180,
            XStart = lines[0].Step,
            XStep = (double)(lines[^1].Step - lines[0].Step) / (lines.Count - 1) * bundle,
            Series = [.. names.Select(n => new ChartSeries(n[Prefix.Length..], [.. groups.Select(g => Mean(g, n))]))],
        };
    }

    private static double Mean(TrainingMetrics[] group, string name) =>
        group.Select(m => m.Scalars.TryGetValue(name, out double value) ? value : double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
