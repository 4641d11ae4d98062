using System.Globalization;
using Leo.Lab;
using Leo.Lab.Training;

namespace Leo.Cli;

/// <summary>Shows a training run as work in progress.</summary>
/// <param name="progress">Where.</param>
/// <param name="begun">Called when settings and checkpoints were found to fit, before the first step.</param>
internal sealed class TrainingView(IProgressLine progress, Action? begun = null) : ITrainingProgress
{
    private string _note = "";

    public void Begin(long step, TrainingSettings settings)
    {
        begun?.Invoke();
        string budget = settings.MaxMinutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $" or {minutes:0.#} minutes") : "";
        progress.Say($"training from step {step} to {settings.Steps}{budget}, batch {settings.BatchSize}, seed {settings.Seed}, on {ComputeDevice.Find(settings.Device)}");
    }

    public void Step(in TrainingTick tick) =>
        progress.Report(tick.Step, tick.Steps, _note, tick.Progress, tick.Remaining);

    public void Metrics(TrainingMetrics metrics)
    {
        var losses = metrics.Scalars.Where(s => s.Key.StartsWith("loss.", StringComparison.Ordinal)).Take(2);
        _note = string.Join(" ", losses.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key[5..]} {s.Value:0.0000}")));
        var validation = metrics.Scalars.Where(s => s.Key.StartsWith("validation.", StringComparison.Ordinal)).ToList();
        if (validation.Count > 0)
            progress.Say($"step {metrics.Step}: " + string.Join("  ", validation.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key[11..]} {s.Value:0.####}"))));
    }

    public void Note(string text) => progress.Say(text);

    public void End(TrainingResult result)
    {
        string why = result.Reason switch
        {
            TrainingEnd.TimeUp => "time is up",
            TrainingEnd.Cancelled => "interrupted; go on with --resume",
            _ => "done",
        };
        progress.Say($"{why} at step {result.Step}: {result.CheckpointPath}");
    }
}
