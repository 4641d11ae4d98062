namespace Leo.Lab.Experiments.Study;

/// <summary>How a study is laid out.</summary>
public sealed record StudyOptions
{
    /// <summary>The methods. In a preference study the first is compared with each of the others.</summary>
    public required IReadOnlyList<StudyMethod> Methods { get; init; }

    /// <summary>What raters are asked.</summary>
    /// <value>Default <see cref="StudyQuestion.Realistic"/>.</value>
    public StudyQuestion Question { get; init; } = StudyQuestion.Realistic;

    /// <summary>Pairs of each comparison, or clips of each method.</summary>
    /// <value>Default 20.</value>
    public int Count { get; init; } = 20;

    /// <summary>Sheets to make. An even number shows each pair equally often either way round.</summary>
    /// <value>Default 20, as in the paper.</value>
    public int Raters { get; init; } = 20;

    /// <summary>Attention checks on each sheet.</summary>
    /// <value>Default 0.</value>
    public int Checks { get; init; }

    /// <summary>Whether a pair is made of files of one name (without extension); else clips are paired by chance.</summary>
    /// <value>Default false.</value>
    public bool PairsByName { get; init; }

    /// <summary>Show so many frames of each clip and refuse shorter ones. Null shows all.</summary>
    /// <value>Default null.</value>
    public int? Frames { get; init; }

    /// <summary>Square side in pixels that every clip is brought to: short side resized, middle cut out. Null keeps each clip's size.</summary>
    /// <value>Default null.</value>
    public int? Size { get; init; }

    /// <summary>Frames a second that every clip is brought to. Null keeps each clip's rate.</summary>
    /// <value>Default null.</value>
    public double? FramesPerSecond { get; init; }

    /// <summary>Whether clips are put into the page itself, which is then one file; else they lie in a folder beside it.</summary>
    /// <value>Default false.</value>
    public bool IsSingleFile { get; init; }

    /// <summary>The seed of everything that is drawn.</summary>
    /// <value>Default 0.</value>
    public long Seed { get; init; }

    /// <summary>Lists all faults.</summary>
    /// <exception cref="StudyException">There are some.</exception>
    public void Validate()
    {
        List<string> faults = [];
        int least = Question.Mode == StudyMode.Preference ? 2 : 1;
        if (Methods.Count < least)
            faults.Add(least == 2 ? "pairs need two methods or more" : "there is no method");
        if (Methods.Any(m => string.IsNullOrWhiteSpace(m.Name)))
            faults.Add("a method has no name");
        if (Methods.GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            faults.Add($"two methods are called '{twice.Key}'");
        if (string.IsNullOrWhiteSpace(Question.Text))
            faults.Add("the question is empty");
        if (Count is < 1 or > 10_000)
            faults.Add($"{Count} pairs or clips, not 1 to 10000");
        if (Raters is < 1 or > 1000)
            faults.Add($"{Raters} raters, not 1 to 1000");
        if (Checks < 0 || Checks > Count * Math.Max(1, Methods.Count))
            faults.Add($"{Checks} attention checks, not 0 to the number of other questions");
        if (Frames is < 2)
            faults.Add($"{Frames} frames, fewer than a clip's 2");
        if (Size is < 8 or > 4096)
            faults.Add($"a size of {Size} pixels, not 8 to 4096");
        if (FramesPerSecond is not (null or (> 0 and <= 240)))
            faults.Add(FormattableString.Invariant($"{FramesPerSecond} frames a second, not above 0 and up to 240"));
        if (faults.Count > 0)
            throw new StudyException(StudyFault.Settings, "study", string.Join("; ", faults), "Change the options; leo study make --help lists them");
    }
}

/// <summary>Whose clips these are.</summary>
/// <param name="Name">As the report calls it; raters never see it.</param>
/// <param name="Folder">Folder of its clips.</param>
public sealed record StudyMethod(string Name, string Folder);

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

/// <summary>What a rater sees at a time.</summary>
public enum StudyMode
{
    /// <summary>Two clips side by side, of which one has to be chosen (LEO Table 3).</summary>
    Preference,

    /// <summary>One clip and a question to be answered with yes or no (LEO Table 5).</summary>
    Occurrence,
}

/// <summary>A user study that cannot be made, or a file of one that cannot be used.</summary>
public sealed class StudyException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="fault">What kind of fault it is.</param>
    /// <param name="subject">The file or option.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What to do about it.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public StudyException(StudyFault fault, string subject, string problem, string advice, Exception? inner = null)
        : base(subject, problem, advice, inner) => Fault = fault;

    /// <summary>What kind of fault it is.</summary>
    public StudyFault Fault { get; }
}

/// <summary>What is wrong with a file of a user study.</summary>
public enum StudyFault
{
    /// <summary>The study cannot be made as asked for.</summary>
    Settings,

    /// <summary>Not a file of this kind, or cut short.</summary>
    Damaged,

    /// <summary>Of another study, or of a rater whom this study does not have.</summary>
    Mismatched,

    /// <summary>The rater's answers came already, in another file.</summary>
    Duplicate,

    /// <summary>Changed after the page saved it.</summary>
    Tampered,

    /// <summary>Nothing is left to report on.</summary>
    Empty,
}
