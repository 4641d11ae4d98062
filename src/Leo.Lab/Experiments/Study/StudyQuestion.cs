namespace Leo.Lab.Experiments.Study;

/// <summary>What raters are asked.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Mode">Whether it is about two clips or one.</param>
/// <param name="Text">As raters read it.</param>
public sealed record StudyQuestion(string Name, StudyMode Mode, string Text)
{
    /// <summary>Quality (LEO §4 and the upper half of Table 3).</summary>
    public static StudyQuestion Realistic { get; } = new("realistic", StudyMode.Preference, "Which clip is more realistic?");

    /// <summary>Coherency (LEO §4 and the lower half of Table 3).</summary>
    public static StudyQuestion Coherent { get; } = new("coherent", StudyMode.Preference, "Which clip is more coherent?");

    /// <summary>What the Transition DM is for (LEO §6, Table 5).</summary>
    public static StudyQuestion Repeated { get; } = new("repeated", StudyMode.Occurrence, "Does the clip contain repeated motion?");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StudyQuestion> All { get; } = [Realistic, Coherent, Repeated];

    /// <summary>The question of that name.</summary>
    /// <exception cref="StudyException">There is none.</exception>
    public static StudyQuestion Find(string name) => All.FirstOrDefault(q => q.Name == name)
        ?? throw new StudyException(StudyFault.Settings, name, "no such question", $"Ask one of {string.Join(", ", All.Select(q => q.Name))}");
}
