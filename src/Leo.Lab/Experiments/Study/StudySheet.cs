namespace Leo.Lab.Experiments.Study;

/// <summary>All that one rater sees, in order.</summary>
/// <param name="Rater">Number of the rater, from 1.</param>
/// <param name="Token">What the page seals this rater's answers with.</param>
/// <param name="Trials">The questions.</param>
public sealed record StudySheet(int Rater, string Token, IReadOnlyList<StudyTrial> Trials);
