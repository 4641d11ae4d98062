using Leo.Lab.Display;

namespace Leo.Lab.Tests.Display;

public class TableTests
{
    private static Table Models() => new Table("model", new("FVD", Best.Lowest), new("ACD", Best.Lowest, "0.000"), new("PSNR", Best.Highest))
    {
        Caption = "Three runs each.",
    }.AddReference("real", 0, 0.01, double.NaN).Add("LEO", (93.14, 2.4), 0.123, 31).Add("other", (120.5, 10.25), 0.1226, 29.5);

    [Fact]
    public void ToString_Spreads_AlignMeansAndSignsAndMarkTheBest() => Assert.Equal(
        """
        model            FVD     ACD    PSNR
        ─────  ─────────────  ──────  ──────
        real     0.0          0.010       –
        LEO     93.1 ±  2.4*  0.123*  31.00*
        other  120.5 ± 10.3   0.123*  29.50
        Three runs each.
        """.ReplaceLineEndings("\n"), string.Join('\n', Models().ToString().Split('\n').Select(l => l.TrimEnd())));

    [Fact]
    public void ToHtml_Numbers_AreAlignedAndTheBestIsBold()
    {
        string html = Models().ToHtml();
        Assert.Contains("<th class=\"leo-text\">model</th><th class=\"leo-number\">FVD</th>", html);
        Assert.Contains("<td class=\"leo-number\"><b>93.1 ± \u20072.4</b></td>", html.Replace("&#177;", "±"));
        Assert.Contains("<td class=\"leo-number\"><b>0.123</b></td>", html);
        Assert.DoesNotContain("<b>0.010</b>", html);
        Assert.Contains("<tr class=\"leo-reference\">", html);
    }

    [Fact]
    public void ToHtml_HostileTextAnywhere_IsEncoded() =>
        Shown.AssertEncoded(new Table(Shown.Hostile, "n") { Caption = Shown.Hostile }.Add(Shown.Hostile, 1).ToHtml());

    [Theory]
    [InlineData(new[] { 1.0, 20, 300 }, "1 20 300")]
    [InlineData(new[] { 0.00123, 0.5 }, "0.0012 0.5000")]
    [InlineData(new[] { 1234.56, 0.5 }, "1234.6 0.5")]
    [InlineData(new[] { 1.5e9, 0.5 }, "1.500e+9 5.000e-1")]
    public void ToString_WithoutAFormat_ShowsFourDigitsOfTheLargest(double[] values, string expected)
    {
        var table = new Table("x");
        foreach (double value in values) table.Add(value);
        Assert.Equal(expected, string.Join(' ', table.ToString().Split('\n')[2..].Select(l => l.Trim())));
    }

    [Fact]
    public void Of_Records_HasAColumnAProperty()
    {
        var table = Table.Of(new[] { new { Name = "a", Loss = 0.5f, Shape = new[] { 1, 2 } }, new { Name = "b", Loss = float.NaN, Shape = new[] { 3 } } });
        Assert.Equal(["Name", "Loss", "Shape"], table.Columns.Select(c => c.Head));
        Assert.Equal("1, 2", table.Rows[0][2].Text);
        Assert.Contains("–", table.ToString());
    }

    [Fact]
    public void Of_PlainValues_HasOneColumn() => Assert.Equal([1.0, 2.0], Table.Of([1, 2]).Rows.Select(r => r[0].Value));

    [Fact]
    public void Add_AnotherNumberOfCells_Throws() =>
        Assert.Equal("The table has 2 columns, the row 1 cells. (Parameter 'cells')", Assert.Throws<ArgumentException>(() => new Table("a", "b").Add(1)).Message);

    [Fact]
    public void ToMarkdown_MarksTheBestAndReferences_AndKeepsARowOnALine()
    {
        var table = new Table("model", new("FVD", Best.Lowest), "of") { Caption = "Puppets." }
            .AddReference("real", 0.5, "all").Add("a|b\nc", (12.25, 0.5), "few").Add("LEO", 3.5, "");
        Assert.Equal("""
            | model | FVD | of |
            |---|---:|---|
            | *real* | *0.50* | *all* |
            | a\|b c | 12.25 ± 0.50 | few |
            | LEO | **3.50** |  |

            Puppets.

            """.ReplaceLineEndings("\n"), table.ToMarkdown());
    }
}
