using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>What a task may know of the step it is in, and where it reports scalars.</summary>
public sealed class StepContext
{
    private readonly Action<string, double> _report;

    internal StepContext(long step, int micro, double progress, Action<string, double> report) =>
        (Step, Micro, Progress, _report) = (step, micro, progress, report);

    /// <summary>Steps finished before this one; 0 in the first.</summary>
    public long Step { get; }

    /// <summary>Index of the micro-step within the step, 0 to Accumulate − 1.</summary>
    public int Micro { get; }

    /// <summary>Part of the budget used, 0 to 1.</summary>
    public double Progress { get; }

    /// <summary>Reports a scalar; the log holds its mean over the interval.</summary>
    public void Report(string name, double value) => _report(name, value);

    /// <summary>Reports a tensor of one element, of any type.</summary>
    public void Report(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _report(name, Scalars.Of(value));
    }
}
