namespace Leo.Lab.Experiments.Study;

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
