namespace Leo.Lab.Experiments.Study;

/// <summary>All numbers of a user study.</summary>
public sealed record StudyReport
{
    /// <summary>Name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>What raters were asked.</summary>
    public required StudyQuestion Question { get; init; }

    /// <summary>Raters whose sheets were handed out.</summary>
    public required int Sheets { get; init; }

    /// <summary>Raters who sent a result.</summary>
    public required IReadOnlyList<StudyRater> Raters { get; init; }

    /// <summary>The comparisons, or the methods.</summary>
    public required IReadOnlyList<StudyRow> Rows { get; init; }

    /// <summary>Of pairs: how often the left clip was chosen, whatever it was. Null for single clips.</summary>
    public StudyShare? Left { get; init; }

    /// <summary>Questions skipped because a clip did not play.</summary>
    public required int Skipped { get; init; }

    /// <summary>The paper's numbers for this question.</summary>
    public required IReadOnlyList<PaperStudyRow> Paper { get; init; }
}
