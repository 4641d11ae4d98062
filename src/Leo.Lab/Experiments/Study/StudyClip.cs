namespace Leo.Lab.Experiments.Study;

/// <summary>A clip of the page and where it comes from.</summary>
/// <param name="Name">Its random name on the page, without extension.</param>
/// <param name="Method">Whose it is.</param>
/// <param name="Source">The file it was made from, relative to the method's folder.</param>
/// <param name="IsSpoilt">Whether it was altered for an attention check.</param>
public sealed record StudyClip(string Name, string Method, string Source, bool IsSpoilt = false);
