namespace Leo.Cli.Tests;

public class ProgressTests
{
    private TimeSpan _now;

    [Fact]
    public void Pace_SteadyWork_TellsRateAndTimeLeft()
    {
        var pace = new Pace(() => _now);
        for (int second = 0; second <= 10; second++)
        {
            _now = TimeSpan.FromSeconds(second);
            pace.Mark(second * 4, 100);
        }

        Assert.Equal(4, pace.Rate!.Value, 6);
        Assert.Equal(15, pace.Remaining!.Value.TotalSeconds, 6);
        Assert.Equal("4.0 steps/s, 0:15 left", pace.Describe("steps"));
    }

    [Fact]
    public void Pace_SlowWork_TellsSecondsEach()
    {
        var pace = new Pace(() => _now);
        pace.Mark(0, 10);
        _now = TimeSpan.FromSeconds(8);
        pace.Mark(2, 10);
        Assert.Equal("4.0 s each, 0:32 left", pace.Describe("videos"));
    }

    [Fact]
    public void Pace_SlowStart_IsForgotten()
    {
        var pace = new Pace(() => _now);
        pace.Mark(0, 10_000);
        for (int second = 60; second <= 100; second++)
        {
            _now = TimeSpan.FromSeconds(second);
            pace.Mark(1 + (second - 60) * 10, 10_000);
        }
        Assert.Equal(10, pace.Rate!.Value, 1);
    }

    [Theory]
    [InlineData(5, "0:05")]
    [InlineData(245, "4:05")]
    [InlineData(3845, "1:04:05")]
    public void Clock_ReadsAsPeopleWriteIt(int seconds, string text) => Assert.Equal(text, Pace.Clock(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void PlainProgress_ManyReports_MakeFewLines()
    {
        var lines = new StringWriter();
        var progress = new PlainProgress(new Shell(TextWriter.Null, lines, interactive: false, CancellationToken.None), "work", "steps", () => _now);
        for (int i = 0; i <= 1000; i++)
        {
            _now = TimeSpan.FromMilliseconds(i * 10);
            progress.Report(i, 1000);
        }

        string[] shown = Commandline.Lines(lines.ToString());
        Assert.InRange(shown.Length, 3, 11);
        Assert.Equal("work 1000/1000  done in 0:10", shown[^1]);
    }

    [Fact]
    public void PlainProgress_BudgetOfTime_EndsBeforeAllStepsAreDone()
    {
        var lines = new StringWriter();
        var progress = new PlainProgress(new Shell(TextWriter.Null, lines, interactive: false, CancellationToken.None), "train", "steps", () => _now);
        _now = TimeSpan.FromSeconds(30);
        progress.Report(50, 1000, "loss 0.1", fraction: 1);
        Assert.Equal("train 50/1000  loss 0.1  done in 0:30", Assert.Single(Commandline.Lines(lines.ToString())));
    }
}
