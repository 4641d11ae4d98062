using System.Text;

namespace Leo.Lab.Display;

/// <summary>The cells of a table as they read: decimals of a column alike, spreads below each other, the best found.</summary>
internal sealed class TableText
{
    private const string Missing = "–";

    // As wide as a digit, where digits are all as wide.
    private const char Blank = '\u2007';

    private readonly IReadOnlyList<TableColumn> columns;
    private readonly IReadOnlyList<(IReadOnlyList<TableCell> Cells, bool Reference)> rows;
    private readonly string[,] cells;
    private readonly bool[,] best;

    public TableText(IReadOnlyList<TableColumn> columns, IReadOnlyList<(IReadOnlyList<TableCell> Cells, bool Reference)> rows)
    {
        (this.columns, this.rows) = (columns, rows);
        cells = new string[rows.Count, columns.Count];
        best = new bool[rows.Count, columns.Count];
        for (int c = 0; c < columns.Count; c++)
        {
            Write(c);
            FindBest(c);
        }
    }

    public string this[int row, int column] => cells[row, column];

    public bool IsBest(int row, int column) => best[row, column];

    /// <summary>Whether a column holds numbers only.</summary>
    public bool IsNumeric(int column) => rows.Count > 0 && rows.All(r => r.Cells[column].Text is null or "" or Missing) && rows.Any(r => r.Cells[column].Text is null);

    public string ToString(string caption)
    {
        var text = new StringBuilder();
        var widths = Enumerable.Range(0, columns.Count).Select(c => Enumerable.Range(0, rows.Count).Select(r => Plain(r, c).Length).Append(columns[c].Head.Length).Max()).ToArray();
        Line(c => columns[c].Head);
        text.AppendJoin("  ", widths.Select(w => new string('─', w))).Append('\n');
        for (int r = 0; r < rows.Count; r++)
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
        bool marks = columns[column].Best != Best.None;
        return cells[row, column].Replace(Blank, ' ') + (best[row, column] ? "*" : marks ? " " : "");
    }

    private void Write(int c)
    {
        var column = Enumerable.Range(0, rows.Count).Select(r => rows[r].Cells[c]).ToArray();
        string format = columns[c].Format ?? Format([.. column.Where(cell => cell.Text is null && double.IsFinite(cell.Value)).SelectMany(Numbers)]);
        var spreads = column.Select(cell => cell.Spread is { } s && double.IsFinite(cell.Value) ? Number(s, format) : "").ToArray();
        int widest = spreads.Length == 0 ? 0 : spreads.Max(s => s.Length);
        for (int r = 0; r < rows.Count; r++)
        {
            // Where one row has a spread, the others leave room for it, so that means stay below each other.
            string behind = spreads[r].Length > 0 ? $" ± {spreads[r].PadLeft(widest, Blank)}" : widest > 0 ? new string(Blank, widest + 3) : "";
            cells[r, c] = column[r].Text ?? (double.IsFinite(column[r].Value) ? Number(column[r].Value, format) : Missing) + behind;
        }
    }

    private void FindBest(int c)
    {
        if (columns[c].Best == Best.None)
            return;
        var candidates = Enumerable.Range(0, rows.Count).Where(r => !rows[r].Reference && rows[r].Cells[c].Text is null && double.IsFinite(rows[r].Cells[c].Value)).ToArray();
        if (candidates.Length < 2)
            return;
        double Value(int r) => rows[r].Cells[c].Value;
        int winner = columns[c].Best == Best.Lowest ? candidates.MinBy(Value) : candidates.MaxBy(Value);
        // What reads the same is as good.
        foreach (int r in candidates)
            best[r, c] = Mean(r) == Mean(winner);

        string Mean(int r) => cells[r, c].Split(' ', Blank)[0];
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
