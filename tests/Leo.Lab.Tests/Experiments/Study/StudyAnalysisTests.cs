using Leo.Lab.Experiments.Study;

namespace Leo.Lab.Tests.Experiments.Study;

public sealed class StudyAnalysisTests
{
    private static StudyReport Report(StudyKey key, Func<int, StudyItem, bool?> prefers, double leastChecks = 0) =>
        StudyAnalysis.Run(key, [.. key.Sheets.Select(s => StudySamples.Answers(key, s.Rater, item => prefers(s.Rater, item)))], leastChecks);

    [Fact]
    public void Preference_IsCountedByMethod_NotBySide()
    {
        var key = StudySamples.Key(count: 5, raters: 4, methods: ["leo", "tats", "real"]);
        var report = Report(key, (rater, item) => item.Method == "tats" ? rater != 4 : rater == 1);
        Assert.Equal(["leo / tats", "leo / real"], report.Rows.Select(r => r.Name));
        var (tats, real) = (report.Rows[0], report.Rows[1]);
        Assert.Equal((15, 20, 0.75), (tats.Share.Count, tats.Share.Ratings, tats.Share.Rate));
        Assert.Equal((5, 20), (real.Share.Count, real.Share.Ratings));
        Assert.Equal(ExactBinomial.TwoSidedTest(15, 20), tats.P);
        Assert.Equal(ExactBinomial.ClopperPearson(15, 20), tats.Share.Interval);
        Assert.Equal((5, 0, 3, 1), (tats.ItemsFor, tats.ItemsAgainst, tats.RatersFor, tats.RatersAgainst));
        Assert.Equal(ExactBinomial.TwoSidedTest(3, 4), tats.RatersP);
        Assert.Equal(RaterAgreement.FleissKappa([[3, 1], [3, 1], [3, 1], [3, 1], [3, 1]]), tats.FleissKappa);
        Assert.All(tats.Items, i => Assert.Equal((3, 4), (i.Count, i.Ratings)));
        Assert.Equal(["leo0.mp4", "tats0.mp4"], tats.Items[0].Sources);
        Assert.Equal(0.5, report.Left!.Rate!.Value, 0.2);
    }

    [Fact]
    public void Preference_OfTheLeftClipAlways_IsHalf_AndIsShown()
    {
        var key = StudySamples.Key(count: 6, raters: 4);
        var results = key.Sheets.Select(s => StudySamples.Answers(key, s.Rater, item => s.Trials.Single(t => t.Item == item.Id).Clips[0] == item.Clips[0])).ToList();
        var report = StudyAnalysis.Run(key, results);
        Assert.Equal((24, 24), (report.Left!.Count, report.Left.Ratings));
        Assert.Equal(0.5, report.Rows[0].Share.Rate);
    }

    [Fact]
    public void Missing_SkippedAndUnanswered_LeaveAlphaButNotKappa()
    {
        var key = StudySamples.Key(count: 4, raters: 2);
        string skipped = key.Items[0].Id;
        var report = StudyAnalysis.Run(key,
        [
            StudySamples.Answers(key, 1, i => i.Id == skipped ? null : i.Id != key.Items[1].Id),
            StudySamples.Answers(key, 2, i => i.Id != key.Items[1].Id),
        ]);
        Assert.Equal((1, 7), (report.Skipped, report.Rows[0].Share.Ratings));
        Assert.Null(report.Rows[0].FleissKappa);
        Assert.Equal(1, report.Rows[0].KrippendorffAlpha!.Value, 1e-12);
    }

    [Fact]
    public void Occurrence_IsAShareOfEachMethod_ComparedWithTheFirst()
    {
        var key = StudySamples.Key(StudyQuestion.Repeated, count: 5, raters: 4, methods: ["without", "with"]);
        var report = Report(key, (rater, item) => item.Method == "without" ? rater > 1 : rater == 1);
        Assert.Equal((15, 5), (report.Rows[0].Share.Count, report.Rows[1].Share.Count));
        Assert.Null(report.Rows[0].P);
        Assert.Equal(FisherExact.TwoSided((5, 20), (15, 20)), report.Rows[1].P);
        Assert.Null(report.Left);
        Assert.Equal(["0.45", "0.02"], report.Paper.Select(p => p.Printed));
        Assert.Contains("| *paper, Table 5: with Transition DM* | *0.02* |", StudyMarkdown.Of(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_AreNotRatings_AndInattentiveRatersCanBeLeftOut()
    {
        var key = StudySamples.Key(count: 4, raters: 3, checks: 2);
        bool? Attentive(int rater, StudyItem item) => item.Method is not null || rater != 2;
        Assert.Equal(12, Report(key, Attentive).Rows[0].Share.Ratings);
        var report = Report(key, Attentive, leastChecks: 0.5);
        Assert.Equal(8, report.Rows[0].Share.Ratings);
        Assert.Equal([(1, 2, false), (2, 0, true), (3, 2, false)], report.Raters.Select(r => (r.Rater, r.ChecksPassed, r.IsExcluded)));
        Assert.Equal(StudyFault.Empty, Assert.Throws<StudyException>(() => Report(key, (_, item) => item.Method is not null, 1)).Fault);
    }

    [Fact]
    public void Markdown_ShowsThePapersNumbersAsThePapers_AndEncodesNames()
    {
        var key = StudySamples.Key(methods: ["leo", "<script>alert(1)</script>|`x`\n# no"]);
        string text = StudyMarkdown.Of(Report(key, (_, _) => true));
        Assert.Contains("| *paper, Table 3: Ours/TATS, TaichiHD* | *93.00 / 7.00* |", text, StringComparison.Ordinal);
        Assert.Contains("100.0 %", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# no", text, StringComparison.Ordinal);
        Assert.DoesNotContain("`", text, StringComparison.Ordinal);
    }
}
