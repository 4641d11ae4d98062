using Leo.Lab.Training;

namespace Leo.Lab.Tests.Training;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordedProgress : ITrainingProgress
{
    internal List<string> Notes { get; } = [];

    internal List<TrainingTick> Ticks { get; } = [];

    internal List<TrainingMetrics> Lines { get; } = [];

    internal long Began { get; private set; } = -1;

    internal TrainingResult? Ended { get; private set; }

    public void Begin(long step, TrainingSettings settings) => Began = step;

    public void Step(in TrainingTick tick) => Ticks.Add(tick);

    public void Metrics(TrainingMetrics metrics) => Lines.Add(metrics);

    public void Note(string text) => Notes.Add(text);

    public void End(TrainingResult result) => Ended = result;
}
