namespace Leo.Kernel.Tests;

/// <summary>What data may do to the page that shows it: names, cells of lists, exceptions come out as text.</summary>
[Collection(KernelCollection.Name)]
public sealed class HostileOutputTests(KernelFixture kernel)
{
    private const string Attack = "</td></pre><script>hacked=1</script><img src=x onerror=hacked=2>\" onmouseover=\"hacked=3";

    [Theory]
    [InlineData("new System.Exception(attack, new System.Exception(attack))")]
    [InlineData("new[] { attack, attack }")]
    [InlineData("new System.Collections.Generic.Dictionary<string, object> { [attack] = new[] { attack } }")]
    [InlineData("new { Name = attack, Inner = new { Name = attack } }")]
    [InlineData("new System.IO.FileInfo(attack.Replace(\"/\", \"\"))")]
    [InlineData("new System.Uri(\"http://x/?\" + attack)")]
    [InlineData("new System.Text.StringBuilder(attack)")]
    [InlineData("(attack, 1)")]
    public void Value_WithHostileText_IsShownAsText(string expression)
    {
        kernel.Run($"var attack = {Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(Attack, quote: true)};");

        string html = kernel.Run(expression).Value("text/html") ?? "";

        Assert.DoesNotContain("<script>hacked", html);
        Assert.DoesNotContain("<img src=x", html);
        Assert.DoesNotContain("onmouseover=\"hacked", html);
    }

    [Fact]
    public void Cell_ThatThrowsHostileText_IsAnErrorWithoutAnyHtml()
    {
        var run = kernel.Run($"throw new System.Exception({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(Attack, quote: true)});");

        var error = Assert.Single(run.Of("error"));
        Assert.Equal(Attack, error.Text("evalue"));
        Assert.DoesNotContain(run.Published, m => CellRun.Form(m, "text/html") is not null);
    }

    [Fact]
    public void Text_AsLastExpression_IsPlain() => Assert.Null(kernel.Run($"{Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(Attack, quote: true)}").Value("text/html"));
}
