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
