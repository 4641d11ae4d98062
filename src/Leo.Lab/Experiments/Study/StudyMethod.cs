namespace Leo.Lab.Experiments.Study;

/// <summary>Whose clips these are.</summary>
/// <param name="Name">As the report calls it; raters never see it.</param>
/// <param name="Folder">Folder of its clips.</param>
public sealed record StudyMethod(string Name, string Folder);
