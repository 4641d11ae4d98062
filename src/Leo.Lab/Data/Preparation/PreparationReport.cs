namespace Leo.Lab.Data.Preparation;

/// <summary>What a preparation did.</summary>
/// <param name="Manifest">What now stands in the target folder.</param>
/// <param name="Made">Clips made by this run.</param>
/// <param name="Reused">Clips that an earlier run had made and that still hold.</param>
public sealed record PreparationReport(PreparationManifest Manifest, int Made, int Reused)
{
    /// <summary>Clips that could not be made, each with its reason.</summary>
    public IEnumerable<PreparedClip> Skipped => Manifest.Clips.Where(c => c.Reason is not null);
}
