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

    private readonly List<(IReadOnlyList<TableCell> Cells, bool Reference)> _rows = [];

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
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows => [.. _rows.Select(r => r.Cells)];

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
        var text = new TableText(Columns, _rows);
        var html = new StringBuilder("<table><thead><tr>");
        for (int c = 0; c < Columns.Count; c++)
            html.Append($"<th{Class(text, c)}>{Html.Encode(Columns[c].Head)}</th>");
        html.Append("</tr></thead><tbody>");
        for (int r = 0; r < _rows.Count; r++)
        {
            html.Append(_rows[r].Reference ? "<tr class=\"leo-reference\">" : "<tr>");
            for (int c = 0; c < Columns.Count; c++)
            {
                string cell = Html.Encode(text[r, c]);
                html.Append($"<td{Class(text, c)}>{(text.IsBest(r, c) ? $"<b>{cell}</b>" : cell)}</td>");
            }
            html.Append("</tr>");
        }
        return Html.Block(Style, html.Append("</tbody></table>").ToString() + Html.Caption(Caption));
    }

    /// <summary>
    /// The table in Markdown: the best in bold, reference rows in italics. Upright strokes are escaped and line breaks become blanks; what else Markdown takes for its own is
    /// left to whoever made the text.
    /// </summary>
    public string ToMarkdown()
    {
        var text = new TableText(Columns, _rows);
        var markdown = new StringBuilder();
        Line(c => Columns[c].Head);
        markdown.Append('|').AppendJoin("", Columns.Select((_, c) => text.IsNumeric(c) ? "---:|" : "---|")).Append('\n');
        for (int r = 0; r < _rows.Count; r++)
        {
            string mark = _rows[r].Reference ? "*" : "";
            Line(c => text.Bare(r, c) is { Length: > 0 } cell ? text.IsBest(r, c) ? $"**{cell}**" : mark + cell + mark : "");
        }
        return Caption.Length > 0 ? markdown.Append('\n').Append(Caption).Append('\n').ToString() : markdown.ToString();

        void Line(Func<int, string> cell) => markdown.Append("| ").AppendJoin(" | ", Columns.Select((_, c) => Escaped(cell(c)))).Append(" |\n");
    }

    /// <summary>The table in columns of letters; a star marks the best.</summary>
    public override string ToString() => new TableText(Columns, _rows).ToString(Caption);

    private static string Class(TableText text, int column) => text.IsNumeric(column) ? " class=\"leo-number\"" : " class=\"leo-text\"";

    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static object? Flat(object? value) => value is IEnumerable list and not string ? string.Join(", ", list.Cast<object?>().Take(8)) : value;

    private Table AddRow(TableCell[] cells, bool reference)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != Columns.Count)
            throw new ArgumentException($"The table has {Columns.Count} columns, the row {cells.Length} cells.", nameof(cells));
        _rows.Add((cells, reference));
        return this;
    }
}

/// <summary>A column of a <see cref="Table"/>.</summary>
/// <param name="Head">Its name.</param>
/// <param name="Best">Which number is set in bold. <value>Default none.</value></param>
/// <param name="Format">.NET format of its numbers; null shows four digits of the largest, whole numbers as such. <value>Default null.</value></param>
public sealed record TableColumn(string Head, Best Best = Best.None, string? Format = null)
{
    /// <summary>A column by its name alone.</summary>
    public static implicit operator TableColumn(string head) => new(head);
}

/// <summary>A cell of a <see cref="Table"/>: text, a number, or a number with its spread.</summary>
public sealed record TableCell
{
    private TableCell()
    {
    }

    /// <summary>The text; null for a number.</summary>
    public string? Text { get; private init; }

    /// <summary>The number; NaN for text, and where there is none.</summary>
    public double Value { get; private init; } = double.NaN;

    /// <summary>What stands behind ±: a standard deviation, half an interval. Null for none.</summary>
    public double? Spread { get; private init; }

    /// <summary>Text.</summary>
    public static implicit operator TableCell(string? text) => new() { Text = text ?? "" };

    /// <summary>A number; NaN and infinities are shown as a dash.</summary>
    public static implicit operator TableCell(double value) => new() { Value = value };

    /// <summary>A number that may be missing.</summary>
    public static implicit operator TableCell(double? value) => new() { Value = value ?? double.NaN };

    /// <summary>A whole number.</summary>
    public static implicit operator TableCell(int value) => new() { Value = value };

    /// <summary>A number with its spread.</summary>
    public static implicit operator TableCell((double Mean, double Spread) measured) => new() { Value = measured.Mean, Spread = measured.Spread };

    /// <summary>A value of any type: numbers as numbers, everything else as text.</summary>
    internal static TableCell Of(object? value) => value switch
    {
        TableCell cell => cell,
        bool b => b ? "yes" : "no",
        null => double.NaN,
        (double mean, double spread) => (mean, spread),
        double or float or decimal or Half or byte or sbyte or short or ushort or int or uint or long or ulong =>
            Convert.ToDouble(value is Half h ? (float)h : value, System.Globalization.CultureInfo.InvariantCulture),
        IFormattable f => f.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <summary>Which number of a column is the best one.</summary>
public enum Best
{
    /// <summary>None stands out.</summary>
    None,

    /// <summary>The smallest: errors, distances.</summary>
    Lowest,

    /// <summary>The largest: PSNR, accuracy.</summary>
    Highest,
}

/// <summary>The cells of a table as they read: decimals of a column alike, spreads below each other, the best found.</summary>
internal sealed class TableText
{
    private const string Missing = "–";

    // As wide as a digit, where digits are all as wide.
    private const char Blank = '\u2007';

    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly IReadOnlyList<(IReadOnlyList<TableCell> Cells, bool Reference)> _rows;
    private readonly string[,] _cells;
    private readonly bool[,] _best;

    public TableText(IReadOnlyList<TableColumn> columns, IReadOnlyList<(IReadOnlyList<TableCell> Cells, bool Reference)> rows)
    {
        (_columns, _rows) = (columns, rows);
        _cells = new string[rows.Count, columns.Count];
        _best = new bool[rows.Count, columns.Count];
        for (int c = 0; c < columns.Count; c++)
        {
            Write(c);
            FindBest(c);
        }
    }

    public string this[int row, int column] => _cells[row, column];

    public bool IsBest(int row, int column) => _best[row, column];

    /// <summary>A cell without the blanks that hold its place in a column.</summary>
    public string Bare(int row, int column) => _cells[row, column].Replace($"{Blank}", "", StringComparison.Ordinal).Trim();

    /// <summary>Whether a column holds numbers only.</summary>
    public bool IsNumeric(int column) => _rows.Count > 0 && _rows.All(r => r.Cells[column].Text is null or "" or Missing) && _rows.Any(r => r.Cells[column].Text is null);

    public string ToString(string caption)
    {
        var text = new StringBuilder();
        int[] widths = Enumerable.Range(0, _columns.Count).Select(c => Enumerable.Range(0, _rows.Count).Select(r => Plain(r, c).Length).Append(_columns[c].Head.Length).Max()).ToArray();
        Line(c => _columns[c].Head);
        text.AppendJoin("  ", widths.Select(w => new string('─', w))).Append('\n');
        for (int r = 0; r < _rows.Count; r++)
            Line(c => Plain(r, c));
        return text.Append(caption).ToString().TrimEnd('\n');

        void Line(Func<int, string> cell)
        {
            var padded = widths.Select((w, c) => IsNumeric(c) ? cell(c).PadLeft(w) : cell(c).PadRight(w));
            text.Append(string.Join("  ", padded).TrimEnd()).Append('\n');
        }
    }

    private string Plain(int row, int column)
    {
        bool marks = _columns[column].Best != Best.None;
        return _cells[row, column].Replace(Blank, ' ') + (_best[row, column] ? "*" : marks ? " " : "");
    }

    private void Write(int c)
    {
        var column = Enumerable.Range(0, _rows.Count).Select(r => _rows[r].Cells[c]).ToArray();
        string format = _columns[c].Format ?? Format([.. column.Where(cell => cell.Text is null && double.IsFinite(cell.Value)).SelectMany(Numbers)]);
        string[] spreads = column.Select(cell => cell.Spread is { } s && double.IsFinite(cell.Value) ? Number(s, format) : "").ToArray();
        int widest = spreads.Length == 0 ? 0 : spreads.Max(s => s.Length);
        for (int r = 0; r < _rows.Count; r++)
        {
            // Where one row has a spread, the others leave room for it, so that means stay below each other.
            string behind = spreads[r].Length > 0 ? $" ± {spreads[r].PadLeft(widest, Blank)}" : widest > 0 ? new string(Blank, widest + 3) : "";
            _cells[r, c] = column[r].Text ?? (double.IsFinite(column[r].Value) ? Number(column[r].Value, format) : Missing) + behind;
        }
    }

    private void FindBest(int c)
    {
        if (_columns[c].Best == Best.None)
            return;
        int[] candidates = Enumerable.Range(0, _rows.Count).Where(r => !_rows[r].Reference && _rows[r].Cells[c].Text is null && double.IsFinite(_rows[r].Cells[c].Value)).ToArray();
        if (candidates.Length < 2)
            return;
        double Value(int r) => _rows[r].Cells[c].Value;
        int winner = _columns[c].Best == Best.Lowest ? candidates.MinBy(Value) : candidates.MaxBy(Value);
        // What reads the same is as good.
        foreach (int r in candidates)
            _best[r, c] = Mean(r) == Mean(winner);

        string Mean(int r) => _cells[r, c].Split(' ', Blank)[0];
    }

    private static IEnumerable<double> Numbers(TableCell cell) => cell.Spread is { } spread && double.IsFinite(spread) ? [cell.Value, spread] : [cell.Value];

    private static string Number(double value, string format) => double.IsFinite(value) ? Html.Number(value, format) : Missing;

    private static string Format(double[] values)
    {
        if (values.All(v => v == Math.Floor(v) && Math.Abs(v) < 1e15))
            return "0";
        double largest = values.Max(Math.Abs);
        if (largest is >= 1e7 or < 1e-5)
            return "0.000e+0";
        return "0." + new string('0', Math.Clamp(3 - (int)Math.Floor(Math.Log10(largest)), 1, 7));
    }
}
