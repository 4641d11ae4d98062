namespace Leo.Lab.Experiments.Study;

/// <summary>One answer of a rater.</summary>
/// <param name="Item">The item's name.</param>
/// <param name="Clips">Names of the clips as they stood, from left to right.</param>
/// <param name="Choice"><c>left</c> or <c>right</c>, <c>yes</c> or <c>no</c>; null where a clip could not be played.</param>
/// <param name="Milliseconds">From the moment that the clips began to play.</param>
/// <param name="Replays">How often the rater started them again.</param>
public sealed record StudyAnswer(string Item, IReadOnlyList<string> Clips, string? Choice, long Milliseconds, int Replays);
