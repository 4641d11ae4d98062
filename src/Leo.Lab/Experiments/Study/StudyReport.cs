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

/// <summary>A share of ratings, with how sure it is.</summary>
/// <param name="Count">Ratings that preferred the first method (or the left clip), or that said yes.</param>
/// <param name="Ratings">All ratings.</param>
/// <param name="Rate"><paramref name="Count"/> over <paramref name="Ratings"/>, 0 … 1; null without ratings.</param>
/// <param name="Interval">Clopper and Pearson's 95 % interval of the rate; null without ratings.</param>
public sealed record StudyShare(int Count, int Ratings, double? Rate, Interval? Interval)
{
    /// <summary>The share of <paramref name="count"/> in <paramref name="ratings"/>, which may be 0.</summary>
    public static StudyShare Of(int count, int ratings) => ratings > 0
        ? new(count, ratings, (double)count / ratings, ExactBinomial.ClopperPearson(count, ratings))
        : new(count, ratings, null, null);
}

/// <summary>What is to be known of a rater.</summary>
/// <param name="Rater">Number.</param>
/// <param name="Answered">Questions answered, attention checks included.</param>
/// <param name="Asked">Questions of the sheet.</param>
/// <param name="ChecksPassed">Attention checks answered as expected.</param>
/// <param name="Checks">Attention checks answered.</param>
/// <param name="MedianSeconds">Median time of an answer.</param>
/// <param name="IsExcluded">Whether the rater's answers were left out.</param>
public sealed record StudyRater(int Rater, int Answered, int Asked, int ChecksPassed, int Checks, double MedianSeconds, bool IsExcluded);

/// <summary>How one pair or clip was judged.</summary>
/// <param name="Sources">The files shown: the first method's and the other's, or the one.</param>
/// <param name="Count">Raters who preferred the first method's, or said yes.</param>
/// <param name="Ratings">All who answered.</param>
public sealed record StudyItemCount(IReadOnlyList<string> Sources, int Count, int Ratings);

/// <summary>A number of the paper's own user studies (Wang et al. 2024, 20 raters).</summary>
/// <param name="Table">Which table.</param>
/// <param name="Question">Name of the question that it answers.</param>
/// <param name="Row">The row, as the paper calls it.</param>
/// <param name="Dataset">The videos; empty where the table does not say.</param>
/// <param name="Printed">The entry, as printed.</param>
public sealed record PaperStudyRow(int Table, string Question, string Row, string Dataset, string Printed)
{
    /// <summary>Tables 3 and 5. What Table 5 prints as a percentage may be a share of one: the paper does not say more.</summary>
    public static IReadOnlyList<PaperStudyRow> All { get; } =
    [
        new(3, "realistic", "Ours/TATS", "TaichiHD", "93.00 / 7.00"),
        new(3, "realistic", "Ours/StyleGAN-V", "FaceForensics", "91.33 / 8.67"),
        new(3, "coherent", "Ours/TATS", "TaichiHD", "98.60 / 1.40"),
        new(3, "coherent", "Ours/StyleGAN-V", "FaceForensics", "93.20 / 6.80"),
        new(5, "repeated", "w/o Transition DM", "", "0.45"),
        new(5, "repeated", "with Transition DM", "", "0.02"),
    ];
}

/// <summary>From answers to numbers.</summary>
public static class StudyAnalysis
{
    /// <summary>Counts and tests.</summary>
    /// <param name="key">The study.</param>
    /// <param name="results">One a rater, as <see cref="StudyResults.Read"/> gives them.</param>
    /// <param name="leastChecks">
    /// Share of attention checks that a rater has to pass, 0 … 1, to be counted; those who answered none are counted. <value>Default 0: all are.</value>
    /// </param>
    /// <exception cref="StudyException">No rater is left.</exception>
    public static StudyReport Run(StudyKey key, IReadOnlyList<StudyResult> results, double leastChecks = 0)
    {
        var items = key.Items.ToDictionary(i => i.Id);
        var raters = results.Select(r => Rater(key, items, r, leastChecks)).ToList();
        var kept = results.Where((_, i) => !raters[i].IsExcluded).ToList();
        if (kept.Count == 0)
            throw new StudyException(StudyFault.Empty, "results", $"none of {results.Count} raters passed enough attention checks", "Ask for less with --least-checks, or find attentive raters");

        var ratings = kept.SelectMany(r => r.Answers.Where(a => a.Choice is not null && items[a.Item].Method is not null)
            .Select(a => new Rating(r.Rater, items[a.Item], IsFor(items[a.Item], a), a.Choice == "left"))).ToList();
        bool pairs = key.Question.Mode == StudyMode.Preference;
        var groups = (pairs ? key.Methods.Skip(1) : key.Methods).Select(m => (Method: m, Ratings: ratings.Where(r => r.Item.Method == m).ToList())).ToList();
        var rows = groups.Select(g => Row(key, g.Method, g.Ratings, pairs, groups[0].Ratings)).ToList();
        return new StudyReport
        {
            Study = key.Study,
            Question = key.Question,
            Sheets = key.Sheets.Count,
            Raters = raters,
            Rows = rows,
            Left = pairs ? StudyShare.Of(ratings.Count(r => r.IsLeft), ratings.Count) : null,
            Skipped = kept.Sum(r => r.Answers.Count(a => a.Choice is null)),
            Paper = [.. PaperStudyRow.All.Where(p => p.Question == key.Question.Name)],
        };
    }

    private static bool IsFor(StudyItem item, StudyAnswer answer) => Chosen(answer) == (item.Clips.Count == 2 ? item.Clips[0] : "yes");

    private static string Chosen(StudyAnswer answer) => answer.Choice switch
    {
        "left" => answer.Clips[0],
        "right" => answer.Clips[^1],
        var word => word!,
    };

    private static StudyRater Rater(StudyKey key, Dictionary<string, StudyItem> items, StudyResult result, double leastChecks)
    {
        var answered = result.Answers.Where(a => a.Choice is not null).ToList();
        var checks = answered.Where(a => items[a.Item].Expected is not null).ToList();
        int passed = checks.Count(a => Chosen(a) == items[a.Item].Expected);
        long[] times = [.. answered.Select(a => a.Milliseconds).Order()];
        double median = times.Length == 0 ? 0 : (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2000.0;
        return new StudyRater(result.Rater, answered.Count, key.Sheets.First(s => s.Rater == result.Rater).Trials.Count,
            passed, checks.Count, median, checks.Count > 0 && passed < leastChecks * checks.Count);
    }

    private static StudyRow Row(StudyKey key, string method, List<Rating> ratings, bool pairs, List<Rating> first)
    {
        var sources = key.Clips.ToDictionary(c => c.Name, c => c.Source);
        var all = key.Items.Where(i => i.Method == method).Select(item =>
        {
            var of = ratings.Where(r => r.Item.Id == item.Id).ToList();
            return new StudyItemCount([.. item.Clips.Select(c => sources[c])], of.Count(r => r.IsFor), of.Count);
        }).ToList();
        int[][] counts = [.. all.Select(i => new[] { i.Count, i.Ratings - i.Count })];
        int count = ratings.Count(r => r.IsFor);
        int[] leanings = [.. ratings.GroupBy(r => r.Rater).Select(g => Math.Sign((2 * g.Count(r => r.IsFor)) - g.Count()))];
        var row = new StudyRow
        {
            Name = pairs ? $"{key.Methods[0]} / {method}" : method,
            Share = StudyShare.Of(count, ratings.Count),
            P = pairs && ratings.Count > 0 ? ExactBinomial.TwoSidedTest(count, ratings.Count) : null,
            Items = all,
            ItemsFor = all.Count(i => 2 * i.Count > i.Ratings),
            ItemsAgainst = all.Count(i => 2 * i.Count < i.Ratings),
            RatersFor = leanings.Count(l => l > 0),
            RatersAgainst = leanings.Count(l => l < 0),
            FleissKappa = RaterAgreement.FleissKappa(counts),
            KrippendorffAlpha = RaterAgreement.KrippendorffAlpha(counts),
        };
        if (pairs)
            return row.RatersFor + row.RatersAgainst is > 0 and var n ? row with { RatersP = ExactBinomial.TwoSidedTest(row.RatersFor, n) } : row;
        return method == key.Methods[0] || ratings.Count == 0 || first.Count == 0
            ? row
            : row with { P = FisherExact.TwoSided((count, ratings.Count), (first.Count(r => r.IsFor), first.Count)) };
    }

    private readonly record struct Rating(int Rater, StudyItem Item, bool IsFor, bool IsLeft);
}
