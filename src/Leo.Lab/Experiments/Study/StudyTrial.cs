namespace Leo.Lab.Experiments.Study;

/// <summary>A question as one rater sees it.</summary>
/// <param name="Item">The item's name.</param>
/// <param name="Clips">Names of the clips as they stand, from left to right.</param>
public sealed record StudyTrial(string Item, IReadOnlyList<string> Clips);
