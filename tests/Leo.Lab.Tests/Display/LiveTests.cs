using Leo.Lab.Display;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;

namespace Leo.Lab.Tests.Display;

/// <summary>What changes in place. Unless a test says otherwise, the host is a stand-in that keeps what it is shown, as our kernel offers itself.</summary>
[Collection(NotebookTests.Host)]
public sealed class LiveTests : IDisposable
{
    private const string Key = "Leo.Notebook.Show";
    private readonly List<string> _html = [], _plain = [];
    private int _cards;

    public LiveTests() => AppContext.SetData(Key, (Func<object, Action<object>>)(value =>
    {
        _cards++;
        Keep(value);
        return Keep;
    }));

    public void Dispose() => AppContext.SetData(Key, null);

    [Fact]
    public void Update_InANotebook_TakesThePlaceOfWhatWasThere()
    {
        var live = Live.Show(new Table("a").Add(1));
        live.Update(new Table("a").Add(2));
        Assert.True(live.IsInPlace);
        Assert.Equal(1, _cards);
        Assert.Equal(["a\n─\n1", "a\n─\n2"], _plain);
    }

    [Fact]
    public void Update_Elsewhere_WritesALine()
    {
        AppContext.SetData(Key, null);
        var (before, written) = (Console.Out, new StringWriter());
        Console.SetOut(written);
        try
        {
            var live = Live.Show(Shown.Image());
            live.Update("next");
            Assert.False(live.IsInPlace);
        }
        finally
        {
            Console.SetOut(before);
        }
        Assert.Contains("picture, 6×4\nnext\n", written.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Update_InDotNetInteractive_TakesThePlaceOfWhatWasThere()
    {
        AppContext.SetData(Key, null);
        using var stop = new CancellationTokenSource();
        using (new DotNetInteractiveStandIn(Keep, stop.Token))
        {
            var live = Live.Show(new Table("a").Add(1));
            live.Update(new Table("a").Add(2));
            Assert.True(live.IsInPlace);
            Assert.Equal(stop.Token, Notebook.Interrupted);
        }
        Assert.Equal(["a\n─\n1", "a\n─\n2"], _plain);
        Assert.False(Notebook.Interrupted.CanBeCanceled);
    }

    [Fact]
    public void TrainingCard_ShowsARealRunToItsEnd()
    {
        using var folder = new TempFolder();
        using var run = RunFolder.Create(folder["run"]);
        using var task = new ToyTask();
        var card = new TrainingCard("toy", run);
        new TrainingLoop(task, new TrainingSettings { Steps = 12, LogEvery = 2, CheckpointEvery = 0, CheckpointEveryMinutes = 0 }, run, card).Run();
        Assert.Equal(1, _cards);
        Assert.Contains("step 0 of 12", _html[0]);
        Assert.Contains("step 12 of 12, done after", _html[^1]);
        Assert.Contains("width:100%", _html[^1]);
        Assert.Contains("<svg class=\"chart\"", _html[^1]);
        Assert.Contains(">fit</text>", _html[^1]);
        Assert.Contains("Saved: ", _html[^1]);
        Assert.StartsWith("toy: step 12 of 12, done after 0:0", _plain[^1]);
        Assert.Contains(", loss.fit ", _plain[^1]);
    }

    [Fact]
    public void TrainingCard_Stopped_SaysThatItIsSavedAndGoesOnWithItsCurve()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        var settings = new TrainingSettings { Steps = 40, LogEvery = 2, CheckpointEvery = 0, CheckpointEveryMinutes = 0 };
        using (var run = RunFolder.Create(folder["run"]))
        using (var task = new ToyTask { OnStep = s => { if (s == 20) { stop.Cancel(); } } })
            new TrainingLoop(task, settings, run, new TrainingCard("toy", run)).Run(stop.Token);
        Assert.Contains("stopped and saved after", _html[^1]);
        Assert.Contains("class=\"leo-stopped\"", _html[^1]);

        _html.Clear();
        using (var run = RunFolder.Resume(folder["run"]))
        using (var task = new ToyTask())
            new TrainingLoop(task, settings, run, new TrainingCard("toy", run)).Run();
        Assert.Contains("<svg class=\"chart\"", _html[0]); // what was learnt before is on the new card at once
        Assert.Contains("step 40 of 40, done", _html[^1]);
    }

    [Fact]
    public void TrainingCard_ManySteps_IsNotSentAtEachOfThem()
    {
        var clock = new HandClock();
        var card = Begun(clock);
        for (int step = 1; step <= 1000; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(5));
            card.Step(Tick(step));
        }
        Assert.InRange(_html.Count, 10, 12); // five seconds, twice a second
        Assert.Contains("12.5 a second, 1:15 left", _html[^1]);
    }

    [Fact]
    public void TrainingCard_ThousandsOfLogLines_ThinsTheCurve()
    {
        var card = Begun(new HandClock());
        for (int i = 1; i <= 5000; i++) card.Metrics(Line(i * 50, 1.0 / i));
        card.End(new TrainingResult(250_000, 10, TrainingEnd.Completed, 0, "c"));
        Assert.InRange(_html[^1].Length, 3000, 20_000);
        Assert.Contains(">200000</text>", _html[^1]);
    }

    [Fact]
    public void TrainingCard_ForASecondRun_BeginsItsCurveAnew()
    {
        var card = Begun(new HandClock());
        card.Metrics(Line(1, 1));
        card.Metrics(Line(2, 1));
        card.Begin(0, new TrainingSettings());
        Assert.Equal(2, _cards);
        Assert.DoesNotContain("<svg", _html[^1]);
    }

    [Fact]
    public void TrainingCard_NewestSample_IsInTheCard()
    {
        using var folder = new TempFolder();
        using var run = RunFolder.Create(folder["run"]);
        Directory.CreateDirectory(run.SamplesPath);
        var card = Begun(new HandClock(), run);
        Leo.Lab.Media.ImageFile.Write(Path.Combine(run.SamplesPath, "step-1.png"), Shown.Image());
        File.WriteAllText(Path.Combine(run.SamplesPath, "step-2.safetensors"), "");
        card.Note("samples");
        card.End(new TrainingResult(1, 1, TrainingEnd.TimeUp, 0, "c"));
        Assert.Contains($"<img alt=\"step-1.png\" src=\"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(Path.Combine(run.SamplesPath, "step-1.png")))}\">", _html[^1]);
        Assert.Contains("time is up", _html[^1]);
    }

    [Fact]
    public void TrainingCard_HostileText_IsEncoded()
    {
        using var folder = new TempFolder();
        using var run = RunFolder.Create(folder["run"]);
        Directory.CreateDirectory(run.SamplesPath);
        const string Name = "<script>alert(1)<img src=x onerror=alert(2)>\"'&.png";
        File.WriteAllBytes(Path.Combine(run.SamplesPath, Name), [1]);
        var card = new TrainingCard(Shown.Hostile, run);
        card.Begin(0, new TrainingSettings());
        card.Metrics(Line(1, 1, Shown.Hostile));
        card.Metrics(Line(2, 1, Shown.Hostile));
        card.Note(Shown.Hostile);
        Shown.AssertEncoded(card.ToHtml());
        Assert.Contains("alt=\"&lt;script&gt;alert(1)&lt;img", card.ToHtml());
        card.End(new TrainingResult(1, 1, TrainingEnd.Cancelled, 0, Shown.Hostile));
        Shown.AssertEncoded(_html[^1]);
    }

    private static TrainingCard Begun(HandClock clock, RunFolder? run = null)
    {
        var card = new TrainingCard("t", run, clock);
        card.Begin(0, new TrainingSettings());
        return card;
    }

    private static TrainingTick Tick(long step) => new(step, 1000, step / 1000.0, TimeSpan.FromSeconds(step), 12.5, TimeSpan.FromSeconds(75));

    private static TrainingMetrics Line(long step, double loss, string name = "fit") =>
        new() { Step = step, Seconds = step, LearningRate = 1, Skipped = 0, Scalars = new Dictionary<string, double> { ["loss." + name] = loss } };

    private void Keep(object value)
    {
        var shown = Assert.IsAssignableFrom<IShown>(value);
        _html.Add(shown.ToHtml());
        _plain.Add(shown.ToString()!);
    }
}
