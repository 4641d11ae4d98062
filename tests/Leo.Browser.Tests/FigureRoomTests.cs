using Leo.Lab.Display;
using Leo.Lab.Display.Plots;
using Microsoft.Playwright;

namespace Leo.Browser.Tests;

/// <summary>Figures of all heights that a notebook gives them: no title or label leaves the figure or lies on another.</summary>
public sealed class FigureRoomTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    // Letters that reach below the line are the first to be cut.
    private const string Low = "gjpqy, component";

    // For each figure: the least room in pixels between the lower axis' title and the figure's edge, and whether it lies on a number or a control.
    private const string Room = """
        [...document.querySelectorAll('.leo-figure')].map(f => {
          const box = f.querySelector('.svg-container').getBoundingClientRect(), title = f.querySelector('.xtitle').getBoundingClientRect();
          const others = [...f.querySelectorAll('.xtick text, .slider-container, .updatemenu-container')].map(e => e.getBoundingClientRect()).filter(r => r.width > 0);
          const on = others.some(r => r.left < title.right && title.left < r.right && r.top < title.bottom - 1 && title.top + 1 < r.bottom);
          const out = [...f.querySelectorAll('.xtitle, .ytitle, .gtitle, .xtick text, .slider-container')].map(e => e.getBoundingClientRect())
            .filter(r => r.width > 0 && (r.bottom > box.bottom || r.left < box.left || r.right > box.right)).length;
          return `${f.dataset.height}: ${box.bottom - title.bottom >= 3 ? 'room' : 'cut'} ${on ? 'overlap' : 'clear'} ${out}`;
        })
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("leo-room-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ColorScheme.Light, 900)]
    [InlineData(ColorScheme.Dark, 480)]
    public async Task Figure_OfAnyHeight_HasRoomForItsLowerTitle(ColorScheme colours, int width)
    {
        var figures = ((int[])[460, 320, 240, 180, 140]).SelectMany(height => (Figure[])
        [
            new Figure { Title = Low, XLabel = Low, Height = height }.Line(Enumerable.Range(0, 20).Select(i => 1.0 / (i + 1))),
            new Figure { Title = Low, XLabel = Low, YLabel = "g", EqualUnits = true, Height = height }.Scatter([0, 1, 2], [2, 0, 1], "a").Scatter([1, 2], [0, 1], "b"),
            new Figure { XLabel = Low, Height = height }.HeatMap(new double[6, 30], signed: true),
            new Figure { XLabel = Low, Height = height, LogY = true }.Box([1, 10, 100], "a").Box([2, 3, 500], "b"),
        ]).Concat(((int[])[460, 280]).Select(height => new Figure { Title = Low, XLabel = Low, Height = height }.Line([1, 2, 3]).Frame("0", new LineTrace([1, 2, 3])).Frame("1", new LineTrace([3, 2, 1])))).ToList();
        await using var page = await Open(figures, colours, width);

        string[] rooms = await page.Page.EvaluateAsync<string[]>(Room);

        Assert.Equal(figures.Select(f => $"{f.Height}: room clear 0"), rooms);
    }

    [Fact]
    public async Task Figure_MadeOfJson_IsDrawnInTheColoursOfADarkPage()
    {
        // As Plotly.NET writes a chart: with a template of its own, which is for white paper.
        var figure = Figure.FromJson("""
            {"data":[{"type":"bar","x":["a","b"],"y":[2,3]},{"type":"histogram","x":[1,2,2,3],"xaxis":"x2","yaxis":"y2"},{"type":"pie","labels":["p","q"],"values":[1,2],"domain":{"x":[0.7,1],"y":[0,1]}}],
            "layout":{"title":{"text":"chart"},"template":{"layout":{"paper_bgcolor":"white","font":{"color":"black"}}},"xaxis":{"domain":[0,0.3]},"xaxis2":{"domain":[0.35,0.65],"anchor":"y2"},"yaxis2":{"anchor":"x2"}},"frames":[]}
            """);
        await using var page = await Open([figure], ColorScheme.Dark, 900);

        Assert.True(await page.Page.EvaluateAsync<int>("document.querySelectorAll('.leo-plot .bars .point').length") >= 5);
        Assert.Equal(2, await page.Page.EvaluateAsync<int>("document.querySelectorAll('.leo-plot .pielayer .slice').length"));
        Assert.Equal("rgb(204, 204, 204)", await page.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.gtitle')).fill"));
        Assert.All(page.Requests, r => Assert.True(r.StartsWith("file:", StringComparison.Ordinal) || r.StartsWith("data:", StringComparison.Ordinal) || r.StartsWith("blob:", StringComparison.Ordinal), r));
    }

    private async Task<WatchedPage> Open(IReadOnlyList<Figure> figures, ColorScheme colours, int width)
    {
        string file = Path.Combine(_folder, $"{Guid.NewGuid():N}.html"), look = colours == ColorScheme.Dark ? "background:#1f1f1f;color:#ccc" : "";
        string report = figures.Aggregate(new HtmlReport("x", "y"), (page, figure) => page.Show(figure)).ToHtml();
        File.WriteAllText(file, report.Replace("</head>", $"<style>body.body{{width:{width}px;{look}}}</style></head>", StringComparison.Ordinal).Replace("<body", "<body class=\"body\"", StringComparison.Ordinal));
        var page = await chromium.Open(colours: colours);
        await page.Page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.Until($"document.querySelectorAll('.leo-figure[data-drawn]').length === {figures.Count}");
        return page;
    }
}
