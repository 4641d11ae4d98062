using System.Diagnostics;
using System.Globalization;

namespace Leo.Cli;

/// <summary>Rate and remaining time, from the progress of the last half minute or so rather than from the start: the first steps are slow.</summary>
internal sealed class Pace(Func<TimeSpan>? clock = null)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30), Resolution = TimeSpan.FromMilliseconds(100);
    private readonly Queue<(TimeSpan At, long Done)> _marks = new();
    private readonly Func<TimeSpan> _clock = clock ?? Start();
    private TimeSpan _newest = TimeSpan.MinValue;

    /// <summary>Units a second, or null while too little is known.</summary>
    public double? Rate { get; private set; }

    /// <summary>Time left, or null while too little is known.</summary>
    public TimeSpan? Remaining { get; private set; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => _clock();

    /// <summary>Takes note of progress.</summary>
    /// <param name="done">Units done.</param>
    /// <param name="total">Units in all.</param>
    /// <param name="remaining">Time left where it is known otherwise.</param>
    public void Mark(long done, long total, TimeSpan? remaining = null)
    {
        var now = _clock();
        if (_newest == TimeSpan.MinValue || now - _newest >= Resolution)
        {
            _marks.Enqueue((now, done));
            _newest = now;
            while (_marks.Count > 2 && now - _marks.Peek().At > Window)
                _marks.Dequeue();
        }
        var first = _marks.Peek();
        double seconds = (now - first.At).TotalSeconds;
        if (seconds > 0 && done > first.Done)
            Rate = (done - first.Done) / seconds;
        Remaining = remaining ?? (Rate is { } rate ? TimeSpan.FromSeconds(Math.Min((total - done) / rate, 99 * 86_400.0)) : null);
    }

    /// <summary>"12.3 steps/s, 4:05 left", as far as known.</summary>
    /// <param name="unit">What is counted, in the plural.</param>
    public string Describe(string unit)
    {
        if (Rate is not { } rate || Remaining is not { } left)
            return "";
        string speed = rate >= 1 ? $"{Number(rate)} {unit}/s" : $"{Number(1 / rate)} s each";
        return $"{speed}, {Clock(left)} left";
    }

    /// <summary>"4:05", or "1:04:05" from an hour on.</summary>
    public static string Clock(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}" : $"{time.Minutes}:{time.Seconds:00}";

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static Func<TimeSpan> Start()
    {
        long start = Stopwatch.GetTimestamp();
        return () => Stopwatch.GetElapsedTime(start);
    }
}
