using System.Net;
using System.Text;
using Leo.Lab.Display.Plots;

namespace Leo.Lab.Display;

/// <summary>
/// One self-contained HTML page of text, tables, pictures and playing videos: everything is inside the file, nothing is
/// fetched. All text is encoded, and a content-security policy lets no script run but ours; videos loop without sound.
/// </summary>
public sealed class HtmlReport
{
    private readonly StringBuilder _body = new();
    private readonly List<(string Id, string Title)> _sections = [];
    private readonly PlotlyPage _plots = new();

    /// <summary>Starts a page.</summary>
    /// <param name="title">Heading of the page and of the browser's tab.</param>
    /// <param name="lead">One or two sentences under it.</param>
    public HtmlReport(string title, string lead)
    {
        Title = title;
        Lead = lead;
    }

    /// <summary>Heading of the page.</summary>
    public string Title { get; }

    /// <summary>The sentences under the heading.</summary>
    public string Lead { get; }

    /// <summary>Last line of the page: how it came about. <value>Default empty.</value></summary>
    public string Footer { get; set; } = "";

    /// <summary>Opens a section and lists it at the top of the page.</summary>
    public HtmlReport Section(string title)
    {
        string id = $"s{_sections.Count + 1}";
        _sections.Add((id, title));
        _body.Append($"<h2 id=\"{id}\">{Encode(title)}</h2>\n");
        return this;
    }

    /// <summary>A heading within a section.</summary>
    public HtmlReport Heading(string title)
    {
        _body.Append($"<h3>{Encode(title)}</h3>\n");
        return this;
    }

    /// <summary>A paragraph.</summary>
    public HtmlReport Text(string text)
    {
        _body.Append($"<p>{Encode(text)}</p>\n");
        return this;
    }

    /// <summary>The few numbers that matter, large.</summary>
    /// <param name="numbers">Each: the number as it should read, and what it says.</param>
    public HtmlReport Numbers(IEnumerable<(string Value, string Meaning)> numbers)
    {
        _body.Append("<div class=\"numbers\">");
        foreach (var (value, meaning) in numbers)
            _body.Append($"<div class=\"number\"><b>{Encode(value)}</b><span>{Encode(meaning)}</span></div>");
        _body.Append("</div>\n");
        return this;
    }

    /// <summary>One video across the page.</summary>
    /// <param name="mp4">The file's bytes, H.264.</param>
    /// <param name="caption">Sentence under it.</param>
    /// <param name="heads">Names of equal columns within the picture, left to right. <value>Default none.</value></param>
    public HtmlReport Video(byte[] mp4, string caption, IReadOnlyList<string>? heads = null)
    {
        _body.Append(FigureTag(heads)).Append(Heads(heads)).Append(VideoTag(mp4)).Append($"<figcaption>{Encode(caption)}</figcaption></figure>\n");
        return this;
    }

    /// <summary>Small videos side by side.</summary>
    /// <param name="videos">Each: the file's bytes (H.264 mp4) and its caption.</param>
    public HtmlReport Gallery(IEnumerable<(byte[] Mp4, string Caption)> videos)
    {
        _body.Append("<div class=\"gallery\">");
        foreach (var (mp4, caption) in videos)
            _body.Append("<figure>").Append(VideoTag(mp4)).Append($"<figcaption>{Encode(caption)}</figcaption></figure>");
        _body.Append("</div>\n");
        return this;
    }

    /// <summary>A picture across the page.</summary>
    /// <param name="png">The file's bytes.</param>
    /// <param name="caption">Sentence under it.</param>
    /// <param name="heads">Names of equal columns within the picture, left to right. <value>Default none.</value></param>
    public HtmlReport Picture(byte[] png, string caption, IReadOnlyList<string>? heads = null)
    {
        _body.Append(FigureTag(heads)).Append(Heads(heads))
            .Append($"<img alt=\"{Encode(caption)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">")
            .Append($"<figcaption>{Encode(caption)}</figcaption></figure>\n");
        return this;
    }

    /// <summary>Anything that notebooks show, as they show it.</summary>
    public HtmlReport Show(IShown shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        _body.Append(shown is Figure figure ? figure.ToHtml(_plots) : shown.ToHtml()).Append('\n');
        return this;
    }

    /// <summary>The lines of a figure, drawn still: a page with many of them opens without plotly.js.</summary>
    /// <exception cref="NotSupportedException">The figure has traces that are not lines.</exception>
    public HtmlReport Still(Figure figure, string caption)
    {
        ArgumentNullException.ThrowIfNull(figure);
        _body.Append("<figure>").Append(figure.ToSvg()).Append($"<figcaption>{Encode(caption)}</figcaption></figure>\n");
        return this;
    }

    /// <summary>The whole page.</summary>
    public string ToHtml()
    {
        string links = string.Concat(_sections.Select(s => $"<a href=\"#{s.Id}\">{Encode(s.Title)}</a>"));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{ContentPolicy.For(_plots.HasFigures)}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(Title)}</title>
            <style>
            {ReportStyle.Css}
            </style>
            </head>
            <body>
            <h1>{Encode(Title)}</h1>
            <p class="lead">{Encode(Lead)}</p>
            <nav>{links}</nav>
            {_body}<footer>{Encode(Footer)}</footer>
            </body>
            </html>

            """;
    }

    /// <summary>Writes the page; an earlier one stays whole until the new one is complete.</summary>
    /// <param name="path">Where; folders are made.</param>
    /// <exception cref="FileWriteException">It cannot be written; an earlier page is untouched.</exception>
    public void Save(string path) => AtomicFile.WriteText(path, ToHtml());

    private static string VideoTag(byte[] mp4) =>
        $"<video autoplay loop muted playsinline controls src=\"data:video/mp4;base64,{Convert.ToBase64String(mp4)}\"></video>";

    // Columns are as wide as in the widest figure, so that a face is as large in one as in another.
    private static string FigureTag(IReadOnlyList<string>? heads) => heads is null ? "<figure>" : $"<figure style=\"max-width:{heads.Count * 13}rem\">";

    private static string Heads(IReadOnlyList<string>? heads) => heads is null
        ? ""
        : $"<div class=\"heads\">{string.Concat(heads.Select(h => $"<span>{Encode(h)}</span>"))}</div>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>The style sheet of <see cref="HtmlReport"/>: system fonts only, light and dark by the reader's own setting.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c1e21; --soft: #5c636b; --page: #fdfdfc; --card: #f3f3f0; --line: #dcdcd6; --accent: #1f5fa8; --good: #1d7a46; --bad: #b3392f; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e7e6e2; --soft: #a2a5a8; --page: #16181b; --card: #1f2226; --line: #33373d; --accent: #7fb2ec; --good: #6cc394; --bad: #ec8a80; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 3rem 1.5rem 5rem; max-width: 68rem; background: var(--page); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        h1 { font-size: 2.1rem; line-height: 1.2; letter-spacing: -.02em; margin: 0 0 .5rem; }
        h2 { font-size: 1.45rem; letter-spacing: -.01em; margin: 3.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
        h3 { font-size: 1.1rem; margin: 2.2rem 0 .4rem; }
        p { max-width: 44rem; margin: .5rem 0 1rem; }
        .lead { color: var(--soft); font-size: 1.1rem; }
        nav { margin: 1.2rem 0 0; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; }
        a { color: var(--accent); text-underline-offset: .15em; }
        figure { margin: 1rem 0 1.8rem; }
        figcaption { color: var(--soft); font-size: .88rem; max-width: 44rem; margin-top: .4rem; }
        video, figure img { display: block; width: 100%; height: auto; border-radius: 6px; background: var(--card); }
        .heads { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; text-align: center; color: var(--soft); font-size: .82rem; margin-bottom: .3rem; }
        .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 1rem; margin: 1rem 0 1.6rem; }
        .gallery figure { margin: 0; }
        .numbers { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .8rem; margin: 1.4rem 0; }
        .number { background: var(--card); border-radius: 8px; padding: .8rem 1rem; }
        .number b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
        .number span { color: var(--soft); font-size: .85rem; line-height: 1.35; display: block; }
        .chart { width: 100%; max-width: 44rem; height: auto; overflow: visible; }
        .chart .line { fill: none; stroke-width: 1.4; stroke-linejoin: round; }
        .chart .grid { stroke: var(--line); stroke-width: 1; }
        .chart .tick { fill: var(--soft); font-size: 11px; }
        .chart .label { fill: var(--soft); font-size: 12px; }
        footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .88rem; }
        """;
}
