namespace Leo.Lab.Data;

/// <summary>What a scan found.</summary>
/// <param name="Videos">All videos, in ordinal order.</param>
/// <param name="Duplicates">Pairs that stand on both sides of the split.</param>
/// <param name="Reused">Videos that the manifest knew already and that did not change since.</param>
public sealed record DataScanReport(IReadOnlyList<ScannedVideo> Videos, IReadOnlyList<NearDuplicate> Duplicates, int Reused);
