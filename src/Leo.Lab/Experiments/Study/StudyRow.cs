namespace Leo.Lab.Experiments.Study;

/// <summary>One comparison of two methods, or one method of a yes-or-no study.</summary>
public sealed record StudyRow
{
    /// <summary><c>first / other</c>, or the method.</summary>
    public required string Name { get; init; }

    /// <summary>The share of ratings that preferred the first method, or that said yes.</summary>
    public required StudyShare Share { get; init; }

    /// <summary>
    /// Of a comparison, the two-sided exact binomial test against one half; of a yes-or-no study, Fisher's two-sided exact test
    /// against the first method. Both take ratings as independent.
    /// </summary>
    public double? P { get; init; }

    /// <summary>Pairs of which most raters preferred the first method; clips of which most said yes.</summary>
    public required int ItemsFor { get; init; }

    /// <summary>Pairs or clips of which most raters said the opposite.</summary>
    public required int ItemsAgainst { get; init; }

    /// <summary>Raters who mostly preferred the first method, or mostly said yes.</summary>
    public required int RatersFor { get; init; }

    /// <summary>Raters who mostly said the opposite.</summary>
    public required int RatersAgainst { get; init; }

    /// <summary>Of a comparison: the sign test over raters, who are independent of each other. Ties are left out. Null without any.</summary>
    public double? RatersP { get; init; }

    /// <summary>Fleiss' kappa; null where it is not defined, as with missing ratings.</summary>
    public double? FleissKappa { get; init; }

    /// <summary>Krippendorff's alpha; null where it is not defined.</summary>
    public double? KrippendorffAlpha { get; init; }

    /// <summary>Each pair or clip.</summary>
    public required IReadOnlyList<StudyItemCount> Items { get; init; }
}
