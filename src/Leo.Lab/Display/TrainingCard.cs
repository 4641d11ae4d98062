using System.Globalization;
using Leo.Lab.Training;

namespace Leo.Lab.Display;

/// <summary>
/// A training run as one card that changes where it stands: bar, time left, loss curves, the newest sample. Outside of a notebook it
/// writes a line now and then.
/// </summary>
/// <example><code>
/// new TrainingLoop(task, settings, run, new TrainingCard("animator", run)).Run(Notebook.Interrupted)
/// </code></example>
[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class TrainingCard : ITrainingProgress, IShown
{
    private static readonly TimeSpan InPlace = TimeSpan.FromSeconds(0.5), Line = TimeSpan.FromSeconds(10);

    private readonly RunFolder? _run;
    private readonly TimeProvider _clock;
    private TrainingCurves _curves = new();
    private readonly NewestSample _sample;
    private Live? _live;
    private long _shown;

    /// <summary>Makes a card; it appears when the run begins.</summary>
    /// <param name="title">What is trained.</param>
    /// <param name="run">The run's folder, for the curves of earlier sessions and for samples. <value>Default null: neither.</value></param>
    /// <param name="clock">Time. <value>Default null: the system's.</value></param>
    public TrainingCard(string title, RunFolder? run = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        (Title, _run, _clock) = (title, run, clock ?? TimeProvider.System);
        _sample = new NewestSample(run?.SamplesPath);
    }

    /// <summary>What is trained.</summary>
    public string Title { get; }

    /// <summary>The last step's figures.</summary>
    internal TrainingTick Tick { get; private set; }

    /// <summary>How it ended; null while it runs.</summary>
    internal TrainingResult? Result { get; private set; }

    /// <summary>The last thing to know.</summary>
    internal string LastNote { get; private set; } = "";

    /// <summary>The last line of the log; null before.</summary>
    internal TrainingMetrics? LastMetrics { get; private set; }

    /// <inheritdoc/>
    public void Begin(long step, TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (Result, _curves, Tick) = (null, new TrainingCurves(), new TrainingTick(step, settings.Steps, (double)step / settings.Steps, TimeSpan.Zero, 0, TimeSpan.Zero));
        foreach (var earlier in _run is null ? [] : RunFolder.ReadMetrics(_run.Path))
            _curves.Add(LastMetrics = earlier);
        _sample.Look();
        // Begun again, as in a loop over runs, it is a new card.
        _live = Live.Show(this);
        _shown = _clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Step(in TrainingTick tick)
    {
        Tick = tick;
        Refresh();
    }

    /// <inheritdoc/>
    public void Metrics(TrainingMetrics metrics) => _curves.Add(LastMetrics = metrics);

    /// <inheritdoc/>
    public void Note(string text)
    {
        LastNote = text;
        _sample.Look();
    }

    /// <inheritdoc/>
    public void End(TrainingResult result)
    {
        Result = result;
        _sample.Look();
        Refresh(now: true);
    }

    /// <inheritdoc/>
    public string ToHtml() => TrainingCardHtml.Write(this, _curves, _sample);

    /// <summary>Where the run stands, in a line.</summary>
    public override string ToString()
    {
        var losses = LastMetrics?.Scalars.Where(s => s.Key.StartsWith(TrainingCurves.Prefix, StringComparison.Ordinal)).Take(TrainingCurves.Most)
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.####}")) ?? [];
        return string.Join(", ", losses.Prepend($"{Title}: {Standing()}"));
    }

    /// <summary>Steps, pace and time, or how it ended.</summary>
    internal string Standing()
    {
        string steps = string.Create(CultureInfo.InvariantCulture, $"step {Tick.Step} of {Tick.Steps}");
        return Result is { } result
            ? $"{steps}, {Ending(result)} after {Time(TimeSpan.FromSeconds(result.Seconds))}"
            : Tick.StepsPerSecond > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{steps}, {Tick.StepsPerSecond:G3} a second, {Time(Tick.Remaining)} left")
                : steps;
    }

    private static string Ending(TrainingResult result) => result.Reason switch
    {
        TrainingEnd.Cancelled => "stopped and saved",
        TrainingEnd.TimeUp => "time is up",
        _ => "done",
    };

    private static string Time(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}")
        : time.ToString("m\\:ss", CultureInfo.InvariantCulture);

    private void Refresh(bool now = false)
    {
        if (_live is null || (!now && _clock.GetElapsedTime(_shown) < (_live.IsInPlace ? InPlace : Line)))
            return;
        _shown = _clock.GetTimestamp();
        _live.Update(this);
    }
}

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
        return Html.Block(Style, head + bar + Html.Caption(Numbers(card.LastMetrics)) + curves.Chart()?.ToSvg(480, 180) + picture + Html.Caption(Last(card)), "leo-card");
    }

    private static string Numbers(TrainingMetrics? metrics) => metrics is null ? "" : string.Join("  ·  ", metrics.Scalars
        .Where(s => s.Key.StartsWith(TrainingCurves.Prefix, StringComparison.Ordinal) || s.Key.StartsWith("validation.", StringComparison.Ordinal)).Take(8)
        .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.####}"))
        .Concat(metrics.Skipped > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{metrics.Skipped} steps left out")] : []));

    private static string Last(TrainingCard card) => card.Result is { } result ? $"Saved: {result.CheckpointPath}" : card.LastNote;
}

/// <summary>The losses of a run, thinned to what a small chart can show.</summary>
internal sealed class TrainingCurves
{
    /// <summary>What names of losses begin with.</summary>
    public const string Prefix = "loss.";

    /// <summary>Lines of the chart at most.</summary>
    public const int Most = 4;

    private const int MostPoints = 300;
    private readonly List<TrainingMetrics> _lines = [];

    public void Add(TrainingMetrics metrics) => _lines.Add(metrics);

    /// <summary>The chart; null before the second line of the log.</summary>
    public Figure? Chart()
    {
        if (_lines.Count < 2)
            return null;
        int bundle = ((_lines.Count - 1) / MostPoints) + 1;
        var groups = _lines.Chunk(bundle).ToArray();
        string[] names = [.. _lines.SelectMany(l => l.Scalars.Keys).Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Distinct().Take(Most)];
        double[] steps = [.. groups.Select(g => (double)g[0].Step)];
        var chart = new Figure { Title = "losses", XLabel = "step" };
        foreach (string name in names)
            chart.Line(groups.Select(g => Mean(g, name)), name[Prefix.Length..], steps);
        return chart;
    }

    private static double Mean(TrainingMetrics[] group, string name) =>
        group.Select(m => m.Scalars.TryGetValue(name, out double value) ? value : double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}

/// <summary>The newest picture or video in a run's samples.</summary>
/// <param name="folder">Where they are; null for none.</param>
internal sealed class NewestSample(string? folder)
{
    // A card is sent whole at every change; what is larger would make the page stutter.
    private const long Largest = 2 << 20;

    /// <summary>File name; null while there is none.</summary>
    public string? Name { get; private set; }

    /// <summary>The element that shows it.</summary>
    public string Tag { get; private set; } = "";

    /// <summary>Looks again. A file that goes while it is read is left for the next time.</summary>
    public void Look()
    {
        var newest = Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles().Where(f => MimeType(f.Name) is not null && f.Length <= Largest).MaxBy(f => (f.LastWriteTimeUtc, f.Name))
            : null;
        if (newest is null || newest.Name == Name)
            return;
        try
        {
            string type = MimeType(newest.Name)!, uri = Html.DataUri(type, File.ReadAllBytes(newest.FullName));
            Tag = type == "video/mp4"
                ? $"<video autoplay loop muted playsinline controls src=\"{uri}\"></video>"
                : $"<img alt=\"{Html.Encode(newest.Name)}\" src=\"{uri}\">";
            Name = newest.Name;
        }
        catch (IOException)
        {
            // Somebody tidies up; what was shown stays.
        }
    }

    private static string? MimeType(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".mp4" => "video/mp4",
        _ => null,
    };
}
