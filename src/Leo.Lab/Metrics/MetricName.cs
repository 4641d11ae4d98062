namespace Leo.Lab.Metrics;

/// <summary>What a number is called. With any other extractor than I3D's it is another number, and so has another name.</summary>
public static class MetricName
{
    /// <summary><c>FVD</c> with I3D, <c>FVD(puppet-i3d)</c> with another extractor.</summary>
    /// <param name="metric">FVD, KVD, KID or ACD.</param>
    /// <param name="extractor">What made the features; null where that is not known.</param>
    public static string Of(string metric, string? extractor) =>
        extractor is null || (metric != "ACD" && extractor.Split('-').Contains("i3d") && !extractor.StartsWith("puppet", StringComparison.Ordinal)) ? metric : $"{metric}({extractor})";
}
