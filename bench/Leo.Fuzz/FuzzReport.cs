namespace Leo.Fuzz;

/// <summary>What a run over one target found.</summary>
/// <param name="Target">The target.</param>
/// <param name="Inputs">Inputs tried.</param>
/// <param name="Refused">Those of them that were refused by a typed error; the others were read to the end.</param>
/// <param name="PeakMegabytes">Most resident memory of any worker.</param>
/// <param name="SlowestSeconds">Longest time of one input.</param>
/// <param name="Findings">What must not be.</param>
internal sealed record FuzzReport(string Target, long Inputs, long Refused, long PeakMegabytes, double SlowestSeconds, IReadOnlyList<FuzzFinding> Findings);
