namespace Leo.Lab.Metrics;

/// <summary>What a reader has to know of a distance that rests on few samples; it stands beside the number, in text and in JSON.</summary>
public static class MetricCaution
{
    // A number of half the videos is already another one, but of the same order.
    private const double Far = 0.5;

    /// <summary>The caution for a Fréchet distance.</summary>
    /// <param name="protocol">Whose number of samples is meant.</param>
    /// <param name="value">The number, and what it rests on.</param>
    /// <param name="features">Numbers a sample: with fewer samples than these the covariances are singular.</param>
    /// <returns>A sentence without its full stop; null where there are samples enough.</returns>
    public static string? OfFrechet(MetricProtocol protocol, MetricValue value, long features) => Of(protocol, value, features);

    /// <summary>The caution for a kernel distance, whose mean does not depend on how many samples there are, but whose spread does.</summary>
    /// <inheritdoc cref="OfFrechet(MetricProtocol, MetricValue, long)"/>
    public static string? OfKernel(MetricProtocol protocol, MetricValue value) => Of(protocol, value, null);

    private static string? Of(MetricProtocol protocol, MetricValue value, long? features)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(value);
        long samples = Math.Min(value.SamplesA, value.SamplesB);
        bool few = samples < Far * protocol.Samples, singular = samples < features;
        if (!few && !singular)
        {
            return null;
        }
        string than = few && singular ? $"far fewer than the {protocol.Samples} of {protocol.Name} and fewer than the {features} features"
            : few ? $"far fewer than the {protocol.Samples} of {protocol.Name}"
            : $"fewer than the {features} features";
        return $"{samples} samples are {than}: {(features is null ? "the number scatters widely" : "the number is too large, and the more so the fewer they are")}; compare it only with numbers of as many";
    }
}
