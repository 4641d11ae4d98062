namespace Leo.Lab.Training;

/// <summary>Means of named scalars over an interval; values that are not finite do not count.</summary>
internal sealed class ScalarMeans
{
    private readonly SortedDictionary<string, (double Sum, double Count)> _sums = new(StringComparer.Ordinal);

    internal bool IsEmpty => _sums.Count == 0;

    internal void Add(string name, double value)
    {
        if (double.IsFinite(value))
        {
            var (sum, count) = _sums.GetValueOrDefault(name);
            _sums[name] = (sum + value, count + 1);
        }
    }

    /// <summary>Sums and counts so far.</summary>
    internal SortedDictionary<string, double[]> Save() => new(_sums.ToDictionary(s => s.Key, s => new[] { s.Value.Sum, s.Value.Count }), StringComparer.Ordinal);

    /// <summary>Goes on with what <see cref="Save"/> gave.</summary>
    internal void Load(SortedDictionary<string, double[]> saved)
    {
        _sums.Clear();
        foreach (var (name, sum) in saved)
        {
            _sums[name] = (sum[0], sum[1]);
        }
    }

    /// <summary>The means; starts a new interval.</summary>
    internal Dictionary<string, double> Take()
    {
        var means = _sums.ToDictionary(s => s.Key, s => s.Value.Sum / s.Value.Count);
        _sums.Clear();
        return means;
    }
}
