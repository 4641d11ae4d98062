namespace Leo.Lab.Metrics.Embedded;

/// <summary>How an extractor's Fréchet distance answers to spoilt videos.</summary>
/// <param name="Extractor">Which extractor.</param>
/// <param name="Kind"><c>faces</c> or <c>bodies</c>.</param>
/// <param name="Clips">Clips on either side.</param>
/// <param name="Clean">Distance between two sets of which nothing is spoilt.</param>
/// <param name="Curves">For each way to spoil, the distances at rising strength.</param>
public sealed record SensitivityReport(string Extractor, string Kind, int Clips, double Clean, IReadOnlyDictionary<string, IReadOnlyList<double>> Curves)
{
    /// <summary>Whether every curve begins above the clean distance and rises at every step.</summary>
    public bool Monotone => Curves.Keys.All(Rises);

    /// <summary>Whether one curve does.</summary>
    public bool Rises(string curve)
    {
        double last = Clean;
        foreach (double value in Curves[curve])
        {
            if (!(value > last))
                return false;
            last = value;
        }
        return true;
    }
}
