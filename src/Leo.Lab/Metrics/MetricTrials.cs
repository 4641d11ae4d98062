using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>Computes a metric several times on samples drawn anew, as published numbers with a deviation are made.</summary>
/// <param name="samples">Rows drawn of each set, at most.</param>
/// <param name="trials">How often.</param>
/// <param name="seed">What they are drawn from.</param>
public sealed class MetricTrials(int samples, int trials, long seed)
{
    /// <summary>Runs the trials. Where neither set has more rows than are drawn, all are used, every trial would be the same, and one is made.</summary>
    /// <param name="a">[N, D].</param>
    /// <param name="b">[M, D].</param>
    /// <param name="metric">The metric.</param>
    public MetricValue Run(Tensor a, Tensor b, Func<Tensor, Tensor, double> metric)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentNullException.ThrowIfNull(metric);
        long ofA = Math.Min(samples, a.shape[0]), ofB = Math.Min(samples, b.shape[0]);
        if (ofA == a.shape[0] && ofB == b.shape[0])
            return new MetricValue(metric(a, b), 0, 1, ofA, ofB);
        using var generator = Seeds.Generator(seed, "metrics.trials");
        double[] values = new double[trials];
        for (int i = 0; i < trials; i++)
        {
            using var scope = NewDisposeScope();
            values[i] = metric(Draw(a, ofA, generator), Draw(b, ofB, generator));
        }
        double mean = values.Average();
        return new MetricValue(mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), trials, ofA, ofB);
    }

    private static Tensor Draw(Tensor set, long count, Generator generator) =>
        count == set.shape[0] ? set : set.index_select(0, randperm(set.shape[0], dtype: ScalarType.Int64, generator: generator).narrow(0, 0, count));
}

/// <summary>A number, and what it rests on.</summary>
/// <param name="Value">Mean over the trials.</param>
/// <param name="Deviation">Standard deviation over the trials, divided by their number as numpy does; 0 for a single one.</param>
/// <param name="Trials">How often samples were drawn.</param>
/// <param name="SamplesA">Samples of the first set in each.</param>
/// <param name="SamplesB">Samples of the second set in each.</param>
public sealed record MetricValue(double Value, double Deviation, int Trials, long SamplesA, long SamplesB);
