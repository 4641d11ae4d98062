using System.Globalization;
using Leo.Lab.Training;

namespace Leo.Lab.Display;

/// <summary>A <see cref="TrainingCard"/> as HTML.</summary>
internal static class TrainingCardHtml
{
    private const string Style = """
        .leo.leo.leo-card{border:1px solid var(--leo-line);border-radius:8px;padding:12px 16px;max-width:620px;box-sizing:border-box}
        .leo.leo .leo-head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 16px;font-variant-numeric:tabular-nums}.leo.leo .leo-head span{color:color-mix(in srgb,currentColor 66%,transparent)}
        .leo.leo .leo-track{height:6px;border-radius:3px;background:var(--leo-line);margin:8px 0;overflow:hidden}.leo.leo .leo-track div{height:100%;border-radius:3px;background:var(--leo-accent)}
        .leo.leo .leo-done{background:var(--vscode-charts-green,#2f9e63)!important}.leo.leo .leo-stopped{background:var(--vscode-charts-yellow,#d19a1d)!important}
        .leo.leo .chart{display:block;width:100%;max-width:480px;height:auto;margin:8px 0 0}.leo.leo .chart .line{fill:none;stroke-width:1.5;stroke-linejoin:round}
        .leo.leo .chart .grid{stroke:currentColor;stroke-opacity:.15}.leo.leo .chart text{fill:currentColor;fill-opacity:.66;font-size:11px}
        .leo.leo.leo-card img,.leo.leo.leo-card video{display:block;max-width:100%;max-height:260px;width:auto;height:auto;margin:10px 0 0;border-radius:4px}
        """;

    public static string Write(TrainingCard card, TrainingCurves curves, NewestSample sample)
    {
        double part = card.Result is { Reason: not TrainingEnd.Cancelled } ? 1 : double.IsFinite(card.Tick.Progress) ? Math.Clamp(card.Tick.Progress, 0, 1) : 0;
        string state = card.Result?.Reason switch { null => "", TrainingEnd.Cancelled => " class=\"leo-stopped\"", _ => " class=\"leo-done\"" };
        string head = $"<div class=\"leo-head\"><b>{Html.Encode(card.Title)}</b><span>{Html.Encode(card.Standing())}</span></div>";
        string bar = $"<div class=\"leo-track\" role=\"progressbar\" aria-valuenow=\"{Html.Number(100 * part, "0")}\"><div{state} style=\"width:{Html.Number(100 * part, "0.#")}%\"></div></div>";
        string picture = sample.Name is { } name ? sample.Tag + Html.Caption(name) : "";
        return Html.Block(Style, head + bar + Html.Caption(Numbers(card.LastMetrics)) + curves.Chart()?.ToSvg() + picture + Html.Caption(Last(card)), "leo-card");
    }

    private static string Numbers(TrainingMetrics? metrics) => metrics is null ? "" : string.Join("  ·  ", metrics.Scalars
        .Where(s => s.Key.StartsWith(TrainingCurves.Prefix, StringComparison.Ordinal) || s.Key.StartsWith("validation.", StringComparison.Ordinal)).Take(8)
        .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.####}"))
        .Concat(metrics.Skipped > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{metrics.Skipped} steps left out")] : []));

    private static string Last(TrainingCard card) => card.Result is { } result ? $"Saved: {result.CheckpointPath}" : card.LastNote;
}
