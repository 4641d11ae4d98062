namespace Leo.Lab.Display;

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
        table { border-collapse: collapse; margin: 1rem 0 1.6rem; font-variant-numeric: tabular-nums; font-size: .95rem; }
        caption { caption-side: bottom; text-align: left; color: var(--soft); font-size: .88rem; padding-top: .5rem; max-width: 44rem; }
        th, td { padding: .35rem 1.1rem .35rem 0; text-align: right; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { font-weight: 600; color: var(--soft); }
        th:first-child, td:first-child { text-align: left; }
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
