using System.Text;
using Leo.Lab.Display;

namespace Leo.Lab.Experiments.Tables;

/// <summary>
/// A table of the paper, with what was computed here and, marked as the paper's, what the paper printed. The two are never to be compared
/// number by number: data, size and features differ. What can be compared is which row is better.
/// </summary>
public sealed record PaperTable
{
    /// <summary>Its number in the paper, 1 to 6.</summary>
    public required int Number { get; init; }

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>Heads of the columns of what was computed here.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>What was computed here.</summary>
    public required IReadOnlyList<TableRow> Rows { get; init; }

    /// <summary>Heads of the paper's columns.</summary>
    public required IReadOnlyList<string> PaperColumns { get; init; }

    /// <summary>The paper's rows.</summary>
    public required IReadOnlyList<TableRow> PaperRows { get; init; }

    /// <summary>How the numbers came about: data, samples, seeds, extractor, and what differs from the paper.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Minutes that it took.</summary>
    public double Minutes { get; init; }

    /// <summary>Writes <c>table-N.md</c>, <c>table-N.json</c> and <c>table-N.html</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <returns>The paths, in this order.</returns>
    /// <exception cref="FileWriteException">One cannot be written; an earlier one is untouched.</exception>
    public IReadOnlyList<string> Save(string folder)
    {
        string At(string extension) => Path.Combine(folder, $"table-{Number}.{extension}");
        AtomicFile.WriteText(At("md"), ToMarkdown());
        AtomicFile.WriteText(At("json"), Json.Write(this));
        ToPage().Save(At("html"));
        return [At("md"), At("json"), At("html")];
    }

    /// <summary>As Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder($"# Table {Number}: {Title}\n\n");
        if (Rows.Count > 0) text.Append(Shown(Columns, Rows).ToMarkdown()).Append('\n');
        text.Append("The paper's numbers, on other data:\n\n").Append(Shown(PaperColumns, PaperRows).ToMarkdown()).Append('\n');
        foreach (string note in Notes) text.Append($"- {note}\n");
        return text.ToString();
    }

    private HtmlReport ToPage()
    {
        var page = new HtmlReport($"Table {Number}", Title) { Footer = FormattableString.Invariant($"{Minutes:0.0} minutes") };
        if (Rows.Count > 0)
            page.Section("Computed here").Show(Shown(Columns, Rows));
        page.Section("The paper's, on other data").Show(Shown(PaperColumns, PaperRows));
        page.Section("How");
        foreach (string note in Notes) page.Text(note);
        return page;
    }

    // A column has the format of its first number; a row may end early.
    private static Table Shown(IReadOnlyList<string> columns, IReadOnlyList<TableRow> rows)
    {
        var table = new Table(["", .. columns.Select((head, c) => new TableColumn(head, Format: rows.Select(r => At(r, c)).FirstOrDefault(cell => cell.Value is not null, TableCell.None).Format))]);
        foreach (var row in rows)
            table.Add([row.Label, .. columns.Select((_, c) => At(row, c) is { Value: { } mean, Spread: { } spread } ? (Display.TableCell)(mean, spread) : At(row, c).Value)]);
        return table;

        static TableCell At(TableRow row, int column) => column < row.Cells.Count ? row.Cells[column] : TableCell.None;
    }
}
