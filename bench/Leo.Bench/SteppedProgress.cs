using System.Diagnostics;
using System.Globalization;
using Leo.Lab;
using Leo.Lab.Training;

namespace Leo.Bench;

/// <summary>Holds the training loop after every so many steps, until stdin asks for more; at its end training stops.</summary>
/// <param name="stop">Cancelled at the end of stdin.</param>
/// <param name="record">Whether losses are told; the loop then has to log every step.</param>
internal sealed class SteppedProgress(CancellationTokenSource stop, bool record) : ITrainingProgress
{
    private readonly List<double> _milliseconds = [], _losses = [], _norms = [];
    private TimeSpan _usedBefore;
    private long _since;
    private int _left;

    public void Begin(long step, TrainingSettings settings)
    {
        Console.WriteLine("{}");
        Wait();
    }

    public void Step(in TrainingTick tick)
    {
        _milliseconds.Add(Stopwatch.GetElapsedTime(_since).TotalMilliseconds);
        _since = Stopwatch.GetTimestamp();
        if (!record) Count();
    }

    public void Metrics(TrainingMetrics metrics)
    {
        if (!record) return;
        _losses.Add(metrics.Scalars.Single(s => s.Key is "loss.animator" or "loss.denoiser").Value);
        _norms.Add(metrics.Scalars.Single(s => s.Key.StartsWith("gradNorm.", StringComparison.Ordinal)).Value);
        Count();
    }

    public void Note(string text)
    {
    }

    public void End(TrainingResult result)
    {
    }

    private void Count()
    {
        if (--_left > 0) return;
        double used = (Environment.CpuUsage.TotalTime - _usedBefore).TotalMilliseconds;
        Console.WriteLine(Json.WriteLine(new StepReply([.. _milliseconds], [.. _losses], [.. _norms], used, Machine.PeakKilobytes())));
        _milliseconds.Clear();
        _losses.Clear();
        _norms.Clear();
        Wait();
    }

    private void Wait()
    {
        if (Console.ReadLine() is not { } line)
        {
            stop.Cancel();
            _left = int.MaxValue;
            return;
        }
        _left = int.Parse(line, CultureInfo.InvariantCulture);
        _usedBefore = Environment.CpuUsage.TotalTime;
        _since = Stopwatch.GetTimestamp();
    }
}
