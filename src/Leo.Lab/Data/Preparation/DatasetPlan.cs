namespace Leo.Lab.Data.Preparation;

/// <summary>What a layout found: the clips to make, those that cannot be made, and the published counts.</summary>
/// <param name="Layout">The layout in words.</param>
/// <param name="Clips">Clips to make.</param>
/// <param name="Skipped">Clips that cannot be made.</param>
/// <param name="Warnings">What else deserves attention.</param>
/// <param name="Published">Counts of each part, or of <c>all</c>.</param>
internal sealed record DatasetPlan(
    string Layout,
    IReadOnlyList<ClipPlan> Clips,
    IReadOnlyList<PreparedClip> Skipped,
    IReadOnlyList<string> Warnings,
    IReadOnlyDictionary<string, int> Published);
