namespace Leo.Lab.Experiments.Study;

/// <summary>How one pair or clip was judged.</summary>
/// <param name="Sources">The files shown: the first method's and the other's, or the one.</param>
/// <param name="Count">Raters who preferred the first method's, or said yes.</param>
/// <param name="Ratings">All who answered.</param>
public sealed record StudyItemCount(IReadOnlyList<string> Sources, int Count, int Ratings);
