using Leo.Lab.Display;
using Leo.Lab.Display.Plots;
using Leo.Lab.Experiments.Figures;
using Leo.Lab.Experiments.Tables;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Browser.Tests;

/// <summary>Reports, tables, figures and outputs of notebooks whose every text attacks the page, in a real browser.</summary>
public sealed class ShownPageTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const string Attack =
        "</script><script>hacked=1</script><!--<script>hacked=2</script>--><img src=x onerror=hacked=3><svg onload=hacked=4></svg>\" onmouseover=\"hacked=5\" x='&#60;<iframe src=https://evil.example/></iframe>"
        + "<style>@import 'https://evil.example/a.css'</style><a href=\"javascript:hacked=6\">x</a>" + Refresh;

    // No policy can forbid a page to be left in this way; encoding has to.
    private const string Refresh = "<meta http-equiv=refresh content=0;url=https://evil.example/>";

    private readonly string _folder = Directory.CreateTempSubdirectory("leo-shown <b>&' ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Report_WithHostileTextEverywhere_ShowsItAndRunsNothing()
    {
        using var path = Path3D();
        var page = new HtmlReport(Attack, Attack) { Footer = Attack }.Section(Attack).Heading(Attack).Text(Attack)
            .Numbers([(Attack, Attack)]).Show(new Table(Attack, Attack) { Caption = Attack }.Add(Attack, Attack))
            .Video(Mp4(), Attack, [Attack, Attack]).Gallery([(Mp4(), Attack)]).Picture(ImageFile.ToPng(Dots()), Attack, [Attack])
            .Still(new Figure { Title = Attack, XLabel = Attack, YLabel = Attack }.Line([1, 2, 3], Attack), Attack);
        foreach (var shown in Everything(path))
            page.Show(shown);
        string file = System.IO.Path.Combine(_folder, "report.html");
        page.Save(file);

        await AssertHarmless(file, figures: 3, players: 2);
    }

    [Fact]
    public async Task Outputs_OfANotebookWithoutAnyPolicy_RunNothingOfTheirTexts()
    {
        using var path = Path3D();
        string file = System.IO.Path.Combine(_folder, "outputs.html");
        File.WriteAllText(file, $"<!doctype html><meta charset=utf-8><body>{string.Concat(Everything(path).Select(s => $"<div>{s.ToHtml()}</div>"))}</body>");

        await AssertHarmless(file, figures: 3, players: 2);
    }

    [Fact]
    public async Task TableAndFigure_WithHostileLabels_RunNothing()
    {
        var table = new PaperTable
        {
            Number = 1,
            Title = Attack,
            Columns = [Attack],
            Rows = [new TableRow(Attack, false, [])],
            PaperColumns = [Attack],
            PaperRows = [new TableRow(Attack, true, [])],
            Notes = [Attack],
        };
        var figure = new PaperFigure { Number = 4, Title = Attack, Caption = Attack, Rows = [(Attack, Moving())], Columns = 2 };

        await AssertHarmless(table.Save(_folder)[2]);
        await AssertHarmless(figure.Save(_folder)[2]);
    }

    [Fact]
    public async Task Report_IntoWhichScriptGotAfterAll_DoesNotRunItOrFetchAnything()
    {
        // What encoding would have to let through first; the policy is the second wall.
        string file = System.IO.Path.Combine(_folder, "breached.html");
        string html = new HtmlReport("x", "y").Text("z").Show(new VideoPlayer(Moving())).ToHtml();
        Assert.Contains("<p>z</p>", html, StringComparison.Ordinal);
        File.WriteAllText(file, html.Replace("<p>z</p>", Attack.Replace(Refresh, "", StringComparison.Ordinal) + "<script src=https://evil.example/x.js></script><img src=https://evil.example/x.png><script>fetch('https://evil.example/')</script><form action=https://evil.example/><button id=send>go</button></form>", StringComparison.Ordinal));
        await using var page = await chromium.Open();

        await page.Page.GotoAsync(new Uri(file).AbsoluteUri, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.DOMContentLoaded });
        await page.Page.EvaluateAsync("document.getElementById('send')?.click()");
        await page.Page.WaitForTimeoutAsync(300);

        Assert.Null(await page.Page.EvaluateAsync<object?>("globalThis.hacked ?? null"));
        Assert.NotEmpty(await page.Violations());
        Assert.StartsWith("file:", page.Page.Url, StringComparison.Ordinal);
    }

    private async Task AssertHarmless(string file, int figures = 0, int players = 0)
    {
        await using var page = await chromium.Open();
        await page.Page.GotoAsync(new Uri(file).AbsoluteUri);
        if (figures > 0)
            await page.Until($"document.querySelectorAll('.leo-plot .svg-container, .leo-plot .gl-container').length >= {figures}");
        if (players > 0)
            await page.Until($"document.querySelectorAll('.leo-bar:not([hidden])').length >= {players}");
        await page.Page.EvaluateAsync("for (const e of document.querySelectorAll('*')) e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))");
        await page.Page.WaitForTimeoutAsync(200);

        Assert.Null(await page.Page.EvaluateAsync<object?>("globalThis.hacked ?? null"));
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("document.querySelectorAll('iframe, img[src=x], a[href^=javascript], [onmouseover], [onerror], [onload], body meta').length"));
        Assert.Contains("hacked=1", await page.Page.EvaluateAsync<string>("document.documentElement.textContent"), StringComparison.Ordinal); // shown as text
        Assert.All(page.Requests.Where(r => r != new Uri(file).AbsoluteUri), r => Assert.True(r.StartsWith("data:", StringComparison.Ordinal) || r.StartsWith("blob:", StringComparison.Ordinal), r));
        Assert.DoesNotContain(page.Errors, e => !e.Contains("WebGL", StringComparison.Ordinal) && !e.Contains("Canvas2D", StringComparison.Ordinal)); // a machine without graphics says so
        Assert.Empty(await page.Violations());
    }

    // One of each type that shows itself.
    private static IEnumerable<IShown> Everything(Tensor path)
    {
        yield return new Table(Attack, new(Attack, Best.Lowest)) { Caption = Attack }.AddReference(Attack, 1.0).Add(Attack, 2.0);
        yield return new Picture(Dots()) { Caption = Attack };
        yield return new VideoPlayer(Moving()) { Caption = Attack };
        yield return new Gallery().Add(Dots(), Attack).Add(Moving(), Attack);
        using (var flow = zeros(2, 8, 8))
            yield return new FlowView(flow) { Unit = Attack, Caption = Attack };
        yield return new Figure { Title = Attack, XLabel = Attack, YLabel = Attack }.Line([1.0, 2, 3], Attack).Box([1.0, 2, 3], Attack);
        yield return new Figure { Title = Attack, XLabel = Attack, YLabel = Attack, ZLabel = Attack }.Trajectory(path, Attack);
        yield return new Figure { Title = Attack }.Add(new ScatterTrace([1, 2], [1, 2])).Frame(Attack, new ScatterTrace([2, 3], [2, 3]));
        var card = new TrainingCard(Attack);
        card.Metrics(new() { Step = 1, Seconds = 1, LearningRate = 1, Skipped = 0, Scalars = new Dictionary<string, double> { ["loss." + Attack] = 1, ["validation." + Attack] = 2 } });
        card.Note(Attack);
        yield return card;
    }

    private static Tensor Path3D() => rand(10, 3, generator: new Generator(0));

    private static Image Dots() => new(8, 8, [.. Enumerable.Range(0, 192).Select(i => (byte)(i * 7))]);

    private static Video Moving() => new(4, 32, 32, 8, [.. Enumerable.Range(0, 4 * 32 * 32 * 3).Select(i => (byte)((i * 5) + (i / 3072 * 40)))]);

    private static byte[] Mp4()
    {
        string file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.mp4");
        VideoWriter.WriteAll(file, Moving());
        byte[] bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return bytes;
    }
}
