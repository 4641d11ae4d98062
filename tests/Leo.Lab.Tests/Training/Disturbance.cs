using Leo.Lab.Training;

namespace Leo.Lab.Tests.Training;

/// <summary>Disturbs a run after a step: cancels it, or ends it as a crash does, before or after it saves.</summary>
internal sealed class Disturbance : ITrainingProgress, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    internal long CancelAt { get; init; } = -1;

    internal long CrashAt { get; init; } = -1;

    internal long CrashAfterSave { get; init; } = -1;

    internal bool Happened { get; private set; }

    internal CancellationToken Cancelled => _cancellation.Token;

    internal static Disturbance Draw(Random random, int at) =>
        random.Next(3) switch { 0 => new() { CancelAt = at }, 1 => new() { CrashAt = at }, _ => new() { CrashAfterSave = at } };

    public override string ToString() => CancelAt >= 0 ? $"cancelled at {CancelAt}" : CrashAt >= 0 ? $"crashed at {CrashAt}" : CrashAfterSave >= 0 ? $"crashed after saving from {CrashAfterSave} on" : "nothing";

    public void Begin(long step, TrainingSettings settings)
    {
    }

    public void Step(in TrainingTick tick)
    {
        if (tick.Step == CancelAt)
        {
            Happened = true;
            _cancellation.Cancel();
        }
        if (tick.Step == CrashAt)
        {
            Happened = true;
            throw new Crash();
        }
        _step = tick.Step;
    }

    private long _step;

    public void Metrics(TrainingMetrics metrics)
    {
    }

    public void Note(string text)
    {
        if (CrashAfterSave >= 0 && _step >= CrashAfterSave && text.StartsWith("saved ", StringComparison.Ordinal))
        {
            Happened = true;
            throw new Crash();
        }
    }

    public void End(TrainingResult result)
    {
    }

    public void Dispose() => _cancellation.Dispose();

    internal sealed class Crash : Exception;
}
