using Spectre.Console;

namespace Leo.Cli;

/// <summary>Progress as a live bar with rate and time left.</summary>
internal static class TerminalProgress
{
    public static void Track(Shell shell, string title, string unit, Action<IProgressLine> work)
    {
        var console = shell.Terminal();
        console.Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                work(new Bar(console, task, title, unit));
            });
    }

    private sealed class Bar(IAnsiConsole console, ProgressTask task, string title, string unit) : IProgressLine
    {
        private readonly Pace _pace = new();

        public void Report(long done, long total, string? note = null, double? fraction = null, TimeSpan? remaining = null)
        {
            _pace.Mark(done, total, remaining);
            double part = Math.Clamp(fraction ?? (total > 0 ? (double)done / total : 0), 0, 1);
            task.Value = part;
            string[] parts = [$"{title} {done}/{total}", note ?? "", part >= 1 ? $"done in {Pace.Clock(_pace.Elapsed)}" : _pace.Describe(unit)];
            task.Description = Markup.Escape(string.Join("  ", parts.Where(p => p.Length > 0)));
        }

        public void Say(string line) => console.WriteLine(line);
    }
}
