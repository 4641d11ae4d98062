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
    private readonly List<double> milliseconds = [], losses = [], norms = [];
    private TimeSpan usedBefore;
    private long since;
    private int left;

    public void Begin(long step, TrainingSettings settings)
    {
        Console.WriteLine("{}");
        Wait();
    }

    public void Step(in TrainingTick tick)
    {
        milliseconds.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        since = Stopwatch.GetTimestamp();
        if (!record) Count();
    }

    public void Metrics(TrainingMetrics metrics)
    {
        if (!record) return;
        losses.Add(metrics.Scalars.Single(s => s.Key is "loss.animator" or "loss.denoiser").Value);
        norms.Add(metrics.Scalars.Single(s => s.Key.StartsWith("gradNorm.", StringComparison.Ordinal)).Value);
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
        if (--left > 0) return;
        double used = (Environment.CpuUsage.TotalTime - usedBefore).TotalMilliseconds;
        Console.WriteLine(Json.WriteLine(new StepReply([.. milliseconds], [.. losses], [.. norms], used, Machine.PeakKilobytes())));
        milliseconds.Clear();
        losses.Clear();
        norms.Clear();
        Wait();
    }

    private void Wait()
    {
        if (Console.ReadLine() is not { } line)
        {
            stop.Cancel();
            left = int.MaxValue;
            return;
        }
        left = int.Parse(line, CultureInfo.InvariantCulture);
        usedBefore = Environment.CpuUsage.TotalTime;
        since = Stopwatch.GetTimestamp();
    }
}
