using Leo.Lab.Distributed;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>What a task may know of the step it is in, and where it reports scalars.</summary>
public sealed class StepContext
{
    private readonly Action<string, double> _report;
    private readonly Action<string, Tensor>? _later;
    private readonly Action<IEnumerable<string>>? _drew;

    private readonly Team _team;

    internal StepContext(long step, int micro, double progress, Action<string, double> report, Action<IEnumerable<string>>? drew = null, BatchShare? share = null, Team? team = null, Action<string, Tensor>? later = null) =>
        (Step, Micro, Progress, _report, _drew, Share, _team, _later) = (step, micro, progress, report, drew, share ?? BatchShare.Whole, team ?? Team.Alone, later);

    /// <summary>Whether several processes share the batch.</summary>
    internal bool IsShared => _team.Size > 1;

    /// <summary>Steps finished before this one; 0 in the first.</summary>
    public long Step { get; }

    /// <summary>Index of the micro-step within the step, 0 to Accumulate − 1.</summary>
    public int Micro { get; }

    /// <summary>Part of the budget used, 0 to 1.</summary>
    public double Progress { get; }

    /// <summary>What this process takes of the micro-step's batch; all draws are made for the whole batch.</summary>
    public BatchShare Share { get; }

    /// <summary>Puts numbers of all processes' shares into the batch's order.</summary>
    /// <param name="mine">A number for each example of <see cref="Share"/>.</param>
    public float[] Join(float[] mine) => Share.Join(mine, _team);

    /// <summary>Tells which data this micro-step looks at, so that a step that is left out can be told with the names of its clips.</summary>
    /// <param name="clips">A name for each, as <c>a/b.mp4 frames 3, 17</c>. Enumerated only if the step is left out; what it enumerates stays as it is until the step ends.</param>
    public void Drew(IEnumerable<string> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        _drew?.Invoke(clips);
    }

    /// <summary>Reports a scalar; the log holds its mean over the interval.</summary>
    public void Report(string name, double value) => _report(name, value);

    /// <summary>Reports a tensor of one element, of any type. On a device it is read with all others, once an interval of the log.</summary>
    public void Report(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_later is null)
            _report(name, Scalars.Of(value));
        else
            _later(name, value);
    }
}
