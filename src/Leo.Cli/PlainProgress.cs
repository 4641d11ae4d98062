namespace Leo.Cli;

/// <summary>Progress as lines: at most one every two seconds, one at every tenth of the way, and at least one every <see cref="Every"/>.</summary>
internal sealed class PlainProgress(Shell shell, string title, string unit, Func<TimeSpan>? clock = null) : IProgressLine
{
    /// <summary>Longest silence.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    private readonly Pace _pace = new(clock);
    private TimeSpan _last;
    private int _lastTenth;

    public void Report(long done, long total, string? note = null, double? fraction = null, TimeSpan? remaining = null)
    {
        _pace.Mark(done, total, remaining);
        int tenth = (int)(10 * (fraction ?? (total > 0 ? (double)done / total : 0)));
        var silence = _pace.Elapsed - _last;
        bool finished = tenth >= 10;
        bool due = finished ? _lastTenth < 10 : silence >= Every || (tenth > _lastTenth && silence >= TimeSpan.FromSeconds(2));
        if (!due)
            return;
        _last = _pace.Elapsed;
        _lastTenth = tenth;
        string[] parts = [$"{title} {done}/{total}", note ?? "", finished ? $"done in {Pace.Clock(_pace.Elapsed)}" : _pace.Describe(unit)];
        shell.Say(string.Join("  ", parts.Where(p => p.Length > 0)));
    }

    public void Say(string line) => shell.Say(line);
}
