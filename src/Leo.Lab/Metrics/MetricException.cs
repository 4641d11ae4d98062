namespace Leo.Lab.Metrics;

/// <summary>Features that a metric cannot be computed from: too few, not finite, or not made alike.</summary>
public sealed class MetricException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="subject">The file, or the set's name.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What to do about it.</param>
    public MetricException(string subject, string problem, string advice)
        : base(subject, problem, advice)
    {
    }
}
