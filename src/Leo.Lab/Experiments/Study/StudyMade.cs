namespace Leo.Lab.Experiments.Study;

/// <summary>A study that was made.</summary>
/// <param name="Key">Its key, as written.</param>
/// <param name="Page">The page to open.</param>
/// <param name="Notes">What could tell a rater which method a clip is from, in one sentence each.</param>
public sealed record StudyMade(StudyKey Key, string Page, IReadOnlyList<string> Notes);
