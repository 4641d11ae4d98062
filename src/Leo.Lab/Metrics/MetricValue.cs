namespace Leo.Lab.Metrics;

/// <summary>A number, and what it rests on.</summary>
/// <param name="Value">Mean over the trials.</param>
/// <param name="Deviation">Standard deviation over the trials, divided by their number as numpy does; 0 for a single one.</param>
/// <param name="Trials">How often samples were drawn.</param>
/// <param name="SamplesA">Samples of the first set in each.</param>
/// <param name="SamplesB">Samples of the second set in each.</param>
public sealed record MetricValue(double Value, double Deviation, int Trials, long SamplesA, long SamplesB);
