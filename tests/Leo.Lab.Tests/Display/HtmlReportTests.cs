using System.Text.RegularExpressions;
using Leo.Lab.Display;

namespace Leo.Lab.Tests.Display;

public class HtmlReportTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&";

    [Fact]
    public void ToHtml_HostileTextAnywhere_IsEncoded()
    {
        var page = new HtmlReport(Hostile, Hostile) { Footer = Hostile };
        page.Section(Hostile).Heading(Hostile).Text(Hostile).Numbers([(Hostile, Hostile)]).Show(new Table(Hostile) { Caption = Hostile }.Add(Hostile))
            .Video([1], Hostile, [Hostile]).Gallery([([1], Hostile)]).Picture([1], Hostile, [Hostile]).Still(new Figure { Title = Hostile }, Hostile);

        Assert.DoesNotContain("<script", page.ToHtml(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void ToHtml_FetchesNothing()
    {
        var page = new HtmlReport("t", "l");
        page.Section("s").Video([1, 2, 3], "v").Picture([4], "p").Still(new Figure().Line([1, 2], "a"), "c");

        string html = page.ToHtml();

        foreach (Match source in Regex.Matches(html, "(?:src|href|poster)=\"([^\"]*)\""))
            Assert.Matches("^(data:|#)", source.Groups[1].Value);
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("@import", html);
        Assert.DoesNotMatch("https?://", html);
    }

    [Fact]
    public void ToHtml_Video_HoldsItsBytesAndLoops()
    {
        byte[] bytes = [0, 1, 254, 255];
        string html = new HtmlReport("t", "l").Video(bytes, "v").ToHtml();
        Assert.Contains($"data:video/mp4;base64,{Convert.ToBase64String(bytes)}", html);
        Assert.Matches("<video [^>]*autoplay[^>]* loop[^>]* muted", html);
    }

    [Fact]
    public void ToHtml_Sections_AreLinkedFromTheTop()
    {
        string html = new HtmlReport("t", "l").Section("Faces").Section("Bodies").ToHtml();
        Assert.Contains("<a href=\"#s2\">Bodies</a>", html);
        Assert.Contains("<h2 id=\"s2\">Bodies</h2>", html);
    }

    [Fact]
    public void Save_MakesTheFolder()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"leo-{Guid.NewGuid():N}");
        try
        {
            new HtmlReport("t", "l").Save(Path.Combine(folder, "a", "report.html"));
            Assert.StartsWith("<!doctype html>", File.ReadAllText(Path.Combine(folder, "a", "report.html")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
