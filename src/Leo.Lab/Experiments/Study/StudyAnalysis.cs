namespace Leo.Lab.Experiments.Study;

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
