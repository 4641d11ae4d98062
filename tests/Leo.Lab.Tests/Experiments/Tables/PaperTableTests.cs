using System.Text.Json.Nodes;
using Leo.Lab.Experiments.Tables;

namespace Leo.Lab.Tests.Experiments.Tables;

public sealed class PaperTableTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2.0, 6.0 }, "3.00 ± 2.65")]
    [InlineData(new[] { 4.0 }, "4.00")]
    public void Cell_OfRuns_IsMeanAndDeviation(double[] values, string text) => Assert.Equal(text, TableCell.Of(values).ToString());

    [Fact]
    public void Cell_WithoutANumber_IsADash() => Assert.Equal("–", TableCell.None.ToString());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void PaperNumbers_EveryRow_FillsEveryColumn(int table)
    {
        var (title, columns, rows) = PaperNumbers.Of(table);
        Assert.NotEmpty(title);
        Assert.All(rows, row => Assert.True(row.FromPaper && row.Cells.Count == columns.Count, row.Label));
        Assert.All(rows, row => Assert.Contains(row.Cells, cell => cell.Value is not null));
        Assert.Equal(rows.Count, rows.Select(r => r.Label).Distinct().Count());
    }

    [Fact]
    public void PaperNumbers_Table4_AreThePapers()
    {
        var (_, _, rows) = PaperNumbers.Of(4);
        Assert.Equal([118.6, 60.03], rows.Single(r => r.Label == "without LMC").Cells.Select(c => c.Value!.Value));
        Assert.Equal([100.4, 52.32], rows.Single(r => r.Label == "with LMC").Cells.Select(c => c.Value!.Value));
    }

    [Fact]
    public void Save_WritesMarkdownJsonAndAPage_WithHostileLabelsEncoded()
    {
        using var folder = new TempFolder();
        var table = new PaperTable
        {
            Number = 4,
            Title = "T",
            Columns = ["a|b ↓"],
            Rows = [new TableRow("<script>alert(1)</script>|x", false, [TableCell.Of([1, 2])])],
            PaperColumns = ["FVD"],
            PaperRows = [new TableRow("p", true, [new TableCell(3)]), new TableRow("not printed", true, [])],
            Notes = ["<b>"],
            Minutes = 1,
        };

        var paths = table.Save(folder["out"]);

        Assert.Equal(["table-4.md", "table-4.json", "table-4.html"], paths.Select(p => Path.GetFileName(p)));
        string markdown = File.ReadAllText(paths[0]), page = File.ReadAllText(paths[2]);
        Assert.Contains("|  | a\\|b ↓ |\n|---|---:|\n| <script>alert(1)</script>\\|x | 1.50 ± 0.71 |", markdown);
        Assert.Contains("| p | 3.00 |\n| not printed | – |", markdown);
        Assert.Contains("1.50", JsonNode.Parse(File.ReadAllText(paths[1]))!["rows"]![0]!["cells"]![0]!["value"]!.GetValue<double>().ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        Assert.DoesNotContain("<script>", page);
        Assert.Contains("&lt;script&gt;", page);
    }
}
