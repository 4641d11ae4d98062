namespace Leo.Lab.Experiments.Study;

/// <summary>All items of one comparison, or of one method.</summary>
/// <param name="Method">The other method of the comparison, or the method.</param>
/// <param name="Items">The files of each item, by method and path within its folder: the first method's and the other's, or one alone.</param>
internal sealed record StudyGroup(string Method, IReadOnlyList<IReadOnlyList<(string Method, string Source)>> Items);
