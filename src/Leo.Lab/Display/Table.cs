using System.Collections;
using System.Reflection;
using System.Text;

namespace Leo.Lab.Display;

/// <summary>
/// A table of text and numbers: numbers stand under each other by their decimal point, the best of a column is bold, and a spread
/// shares the column of its mean (12.3 ± 0.4).
/// </summary>
/// <example><code>
/// new Table("model", new("FVD", Best.Lowest), new("ACD", Best.Lowest, "0.000")).AddReference("real", 0, 0.1).Add("LEO", (93.1, 2.4), 0.123)
/// </code></example>
[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class Table : IShown
{
    private const string Style = """
        .leo.leo table{border-collapse:collapse;margin:0;font-size:inherit;font-variant-numeric:tabular-nums;border:0;table-layout:auto;width:auto;background:none}
        .leo.leo table tr,.leo.leo table tbody tr:nth-child(n){background:none;border:0}
        .leo.leo table th,.leo.leo table td{padding:.28em 1.3em .28em 0;border:0;border-bottom:1px solid var(--leo-line);text-align:left;vertical-align:baseline;white-space:nowrap;max-width:none;color:inherit;font-size:inherit}
        .leo.leo table td:first-child,.leo.leo table td.leo-text{white-space:normal}
        .leo.leo table thead th{font-weight:600;border-bottom:1.5px solid color-mix(in srgb,currentColor 45%,transparent)}.leo.leo table .leo-number{text-align:right}
        .leo.leo table tr.leo-reference td{color:color-mix(in srgb,currentColor 66%,transparent);font-style:italic}
        """;

    private readonly List<(IReadOnlyList<TableCell> Cells, bool Reference)> rows = [];

    /// <summary>A table without rows.</summary>
    /// <param name="columns">At least one; a plain string is a column by its name.</param>
    /// <exception cref="ArgumentException">No column.</exception>
    public Table(params TableColumn[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0)
            throw new ArgumentException("A table needs a column.", nameof(columns));
        Columns = columns;
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The rows, top to bottom.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows => [.. rows.Select(r => r.Cells)];

    /// <summary>What the numbers are and how they were had. <value>Default empty.</value></summary>
    public string Caption { get; init; } = "";

    /// <summary>A row a record, a column a public property; of plain values a single column.</summary>
    /// <param name="records">The rows.</param>
    public static Table Of<T>(IEnumerable<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).ToArray();
        bool scalar = properties.Length == 0 || typeof(T).IsPrimitive || typeof(T) == typeof(string);
        var table = scalar ? new Table("value") : new Table([.. properties.Select(p => new TableColumn(p.Name))]);
        foreach (var record in records)
            table.Add(scalar ? [TableCell.Of(record)] : [.. properties.Select(p => TableCell.Of(Flat(p.GetValue(record))))]);
        return table;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One a column.</param>
    /// <exception cref="ArgumentException">Another number of cells.</exception>
    public Table Add(params TableCell[] cells) => AddRow(cells, reference: false);

    /// <summary>Adds a row that the others are held against (real data, a bound): it is set apart and never the best.</summary>
    /// <inheritdoc cref="Add"/>
    public Table AddReference(params TableCell[] cells) => AddRow(cells, reference: true);

    /// <inheritdoc/>
    public string ToHtml()
    {
        var text = new TableText(Columns, rows);
        var html = new StringBuilder("<table><thead><tr>");
        for (int c = 0; c < Columns.Count; c++)
            html.Append($"<th{Class(text, c)}>{Html.Encode(Columns[c].Head)}</th>");
        html.Append("</tr></thead><tbody>");
        for (int r = 0; r < rows.Count; r++)
        {
            html.Append(rows[r].Reference ? "<tr class=\"leo-reference\">" : "<tr>");
            for (int c = 0; c < Columns.Count; c++)
            {
                string cell = Html.Encode(text[r, c]);
                html.Append($"<td{Class(text, c)}>{(text.IsBest(r, c) ? $"<b>{cell}</b>" : cell)}</td>");
            }
            html.Append("</tr>");
        }
        return Html.Block(Style, html.Append("</tbody></table>").ToString() + Html.Caption(Caption));
    }

    /// <summary>The table in columns of letters; a star marks the best.</summary>
    public override string ToString() => new TableText(Columns, rows).ToString(Caption);

    private static string Class(TableText text, int column) => text.IsNumeric(column) ? " class=\"leo-number\"" : " class=\"leo-text\"";

    private static object? Flat(object? value) => value is IEnumerable list and not string ? string.Join(", ", list.Cast<object?>().Take(8)) : value;

    private Table AddRow(TableCell[] cells, bool reference)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != Columns.Count)
            throw new ArgumentException($"The table has {Columns.Count} columns, the row {cells.Length} cells.", nameof(cells));
        rows.Add((cells, reference));
        return this;
    }
}
