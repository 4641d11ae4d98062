using System.Globalization;
using System.Text;
using Leo.Lab.Display;

namespace Leo.Lab.Experiments.Study;

/// <summary>A report of a user study to read, in Markdown. File and method names are encoded.</summary>
public static class StudyMarkdown
{
    /// <summary>The whole report.</summary>
    /// <param name="report">The numbers.</param>
    /// <param name="isDetailed">Whether each pair or clip is listed. <value>Default true.</value></param>
    public static string Of(StudyReport report, bool isDetailed = true)
    {
        bool pairs = report.Question.Mode == StudyMode.Preference;
        var text = new StringBuilder();
        int kept = report.Raters.Count(r => !r.IsExcluded);
        text.Append($"# {Encode(report.Question.Text)}\n\n");
        text.Append(Text($"Study {Encode(report.Study)}: {kept} of {report.Sheets} raters counted, {report.Rows.Sum(r => r.Share.Ratings)} ratings"));
        text.Append(report.Skipped > 0 ? Text($", {report.Skipped} questions skipped because a clip did not play.\n\n") : ".\n\n");

        text.Append(Results(report, pairs).ToMarkdown()).Append('\n');
        if (report.Paper.Count > 0)
            text.Append("Rows in italics are the paper's own (Wang et al. 2024, 20 raters), as printed in percent; other videos and other raters, so compare directions, not digits.\n\n");
        text.Append(pairs
            ? "Intervals: Clopper–Pearson. p: two-sided exact binomial test against one half, ratings taken as independent; in brackets the same over raters. "
            : "Intervals: Clopper–Pearson. p: Fisher's two-sided exact test, ratings taken as independent. ");
        text.Append("κ: Fleiss (only where every pair has all ratings); α: Krippendorff, nominal. A dash: not defined.\n\n".Replace("pair", pairs ? "pair" : "clip", StringComparison.Ordinal));
        if (report.Left is { Rate: not null } left)
            text.Append(Text($"The left clip was chosen {left.Count} of {left.Ratings} times: {Percent(left.Rate)}, interval {Range(left.Interval)}.\n\n"));
        AppendRaters(text, report);
        if (isDetailed)
            AppendItems(text, report, pairs);
        return text.ToString();
    }

    private static Table Results(StudyReport report, bool pairs)
    {
        var table = pairs
            ? new Table("comparison", "prefers the first", "95 % interval", "p", "ratings", "pairs for / against", "raters for / against (p)", "κ", "α")
            : new Table("method", "said yes", "95 % interval", "p against the first", "ratings", "clips yes / no", "raters yes / no", "κ", "α");
        foreach (var row in report.Rows)
        {
            table.Add(Encode(row.Name), Percent(row.Share.Rate), Range(row.Share.Interval), Probability(row.P), Text($"{row.Share.Count} of {row.Share.Ratings}"), Text($"{row.ItemsFor} / {row.ItemsAgainst}"),
                Text($"{row.RatersFor} / {row.RatersAgainst}{(row.RatersP is null ? "" : $" ({Probability(row.RatersP)})")}"), Number(row.FleissKappa), Number(row.KrippendorffAlpha));
        }

        foreach (var paper in report.Paper)
            table.AddReference($"paper, Table {paper.Table}: {paper.Row}{(paper.Dataset.Length > 0 ? ", " : "")}{paper.Dataset}", paper.Printed, "", "", "", "", "", "", "");
        return table;
    }

    private static void AppendRaters(StringBuilder text, StudyReport report)
    {
        var table = new Table("rater", "answered", "attention checks", "median time", "counted");
        foreach (var r in report.Raters)
            table.Add(r.Rater, Text($"{r.Answered} of {r.Asked}"), r.Checks == 0 ? "–" : Text($"{r.ChecksPassed} of {r.Checks}"), Text($"{r.MedianSeconds:0.0} s"), r.IsExcluded ? "no" : "yes");
        text.Append("## Raters\n\n").Append(table.ToMarkdown()).Append('\n');
    }

    private static void AppendItems(StringBuilder text, StudyReport report, bool pairs)
    {
        foreach (var row in report.Rows)
        {
            var table = pairs ? new Table("first", "other", "prefers the first") : new Table("clip", "said yes");
            foreach (var item in row.Items)
                table.Add([.. item.Sources.Select(s => (TableCell)Encode(s)), Text($"{item.Count} of {item.Ratings}")]);
            text.Append($"## {Encode(row.Name)}\n\n").Append(table.ToMarkdown()).Append('\n');
        }
    }

    private static string Percent(double? share) => share is { } s ? Text($"{100 * s:0.0} %") : "–";

    private static string Range(Interval? interval) => interval is { } i ? Text($"{100 * i.Low:0.0} – {100 * i.High:0.0} %") : "–";

    private static string Number(double? value) => value is { } v ? Text($"{v:0.00}") : "–";

    private static string Probability(double? p) => p switch
    {
        null => "–",
        < 0.0001 => Text($"{p:0.0e-0}"),
        _ => Text($"{p:0.0000}"),
    };

    // What Markdown or HTML could take for its own becomes a numeric entity; line breaks would end a row.
    private static string Encode(string text)
    {
        var safe = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune)) safe.Append(' ');
            else if (rune.IsAscii && @"<>&""'`|*_[]()\!#~$@:".Contains((char)rune.Value)) safe.Append(CultureInfo.InvariantCulture, $"&#{rune.Value};");
            else safe.Append(rune);
        }
        return safe.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
