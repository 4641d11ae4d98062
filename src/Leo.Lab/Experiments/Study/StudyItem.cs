namespace Leo.Lab.Experiments.Study;

/// <summary>One question that every rater gets: a pair of clips, or a clip.</summary>
/// <param name="Id">Its random name.</param>
/// <param name="Method">Of a pair, the method that the first one is compared with; of one clip, its method. Null for an attention check.</param>
/// <param name="Clips">Names of the clips: the first method's and the other's, or one alone.</param>
/// <param name="Expected">Of an attention check, the answer to give: the name of a clip, or <c>yes</c>. Null for all others.</param>
public sealed record StudyItem(string Id, string? Method, IReadOnlyList<string> Clips, string? Expected = null);
