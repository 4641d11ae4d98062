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

    private readonly RunFolder? run;
    private readonly TimeProvider clock;
    private TrainingCurves curves = new();
    private readonly NewestSample sample;
    private Live? live;
    private long shown;

    /// <summary>Makes a card; it appears when the run begins.</summary>
    /// <param name="title">What is trained.</param>
    /// <param name="run">The run's folder, for the curves of earlier sessions and for samples. <value>Default null: neither.</value></param>
    /// <param name="clock">Time. <value>Default null: the system's.</value></param>
    public TrainingCard(string title, RunFolder? run = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        (Title, this.run, this.clock) = (title, run, clock ?? TimeProvider.System);
        sample = new NewestSample(run?.SamplesPath);
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
        (Result, curves, Tick) = (null, new TrainingCurves(), new TrainingTick(step, settings.Steps, (double)step / settings.Steps, TimeSpan.Zero, 0, TimeSpan.Zero));
        foreach (var earlier in run is null ? [] : RunFolder.ReadMetrics(run.Path))
            curves.Add(LastMetrics = earlier);
        sample.Look();
        // Begun again, as in a loop over runs, it is a new card.
        live = Live.Show(this);
        shown = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Step(in TrainingTick tick)
    {
        Tick = tick;
        Refresh();
    }

    /// <inheritdoc/>
    public void Metrics(TrainingMetrics metrics) => curves.Add(LastMetrics = metrics);

    /// <inheritdoc/>
    public void Note(string text)
    {
        LastNote = text;
        sample.Look();
    }

    /// <inheritdoc/>
    public void End(TrainingResult result)
    {
        Result = result;
        sample.Look();
        Refresh(now: true);
    }

    /// <inheritdoc/>
    public string ToHtml() => TrainingCardHtml.Write(this, curves, sample);

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
        if (live is null || (!now && clock.GetElapsedTime(shown) < (live.IsInPlace ? InPlace : Line)))
            return;
        shown = clock.GetTimestamp();
        live.Update(this);
    }
}
