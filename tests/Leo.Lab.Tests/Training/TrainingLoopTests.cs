using Leo.Lab.Checkpoints;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

public class TrainingLoopTests
{
    private static readonly TrainingSettings Settings = new()
    {
        Steps = 24,
        LearningRate = 1e-2,
        Accumulate = 2,
        ClipGradNorm = 0.5,
        EmaRates = [0.9, 0.99],
        WarmupSteps = 3,
        Schedule = LearningRateSchedule.Cosine,
        LogEvery = 4,
        SampleEvery = 10,
        ValidateEvery = 8,
        CheckpointEvery = 10,
        CheckpointEveryMinutes = 0,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(17)]
    [InlineData(23)]
    public void Run_CancelledAndResumed_EqualsUninterruptedByteForByte(int cancelAt)
    {
        using var folder = new TempFolder();
        string whole = Train(folder["whole"], Settings).CheckpointPath;
        var first = Train(folder["parts"], Settings, cancelAt);
        Assert.Equal((TrainingEnd.Cancelled, (long)cancelAt), (first.Reason, first.Step));
        var second = Train(folder["parts"], Settings);
        Assert.Equal((TrainingEnd.Completed, 24L), (second.Reason, second.Step));
        AssertSame(whole, second.CheckpointPath);
    }

    [Fact]
    public void Run_Killed_ResumesFromTheLastCheckpointAndEqualsUninterrupted()
    {
        using var folder = new TempFolder();
        string whole = Train(folder["whole"], Settings).CheckpointPath;
        Assert.Throws<OperationCanceledException>(() => Train(folder["parts"], Settings, onStep: s => { if (s == 15) { throw new OperationCanceledException(); } }));
        var progress = new RecordedProgress();
        var result = Train(folder["parts"], Settings, progress: progress);
        Assert.Equal(10, progress.Began);
        AssertSame(whole, result.CheckpointPath);
        Assert.Equal([4, 8, 12, 16, 20, 24], RunFolder.ReadMetrics(folder["parts"]).Select(m => m.Step));
    }

    [Fact]
    public void Run_NewestCheckpointBroken_IsNamedSetAsideAndTheOneBeforeTaken()
    {
        using var folder = new TempFolder();
        string whole = Train(folder["whole"], Settings).CheckpointPath;
        string newest = Train(folder["parts"], Settings, 17).CheckpointPath;
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[^9] ^= 4;
        File.WriteAllBytes(newest, bytes);
        var progress = new RecordedProgress();
        var result = Train(folder["parts"], Settings, progress: progress);
        Assert.Equal(10, progress.Began);
        Assert.StartsWith($"left out a broken checkpoint: {newest}: expected data with checksum", progress.Notes[0]);
        Assert.True(File.Exists(newest + CheckpointFolder.BrokenSuffix));
        AssertSame(whole, result.CheckpointPath);
    }

    [Fact]
    public void Run_EveryCheckpointBroken_RefusesAndTouchesNothing()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings, 17);
        string[] files = Directory.GetFiles(folder["run/checkpoints"], "*.safetensors");
        Assert.Equal(2, files.Length);
        foreach (string file in files)
        {
            File.WriteAllText(file, "junk");
        }
        var error = Assert.Throws<TrainingException>(() => Train(folder["run"], Settings));
        Assert.Contains("none of its 2 checkpoints can be read", error.Message);
        Assert.All(files, f => Assert.Equal("junk", File.ReadAllText(f)));
    }

    [Fact]
    public void Run_Checkpoints_KeepTheNewestAndTheLatestPointer()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings with { CheckpointEvery = 5, KeepCheckpoints = 3 });
        Assert.Equal(["latest", "step-00000015.safetensors", "step-00000020.safetensors", "step-00000024.safetensors"],
            Directory.GetFiles(folder["run/checkpoints"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("step-00000024.safetensors\n", File.ReadAllText(folder["run/checkpoints/latest"]));
        Assert.Equal(folder["run/checkpoints/step-00000024.safetensors"], CheckpointFolder.Resolve(folder["run"]));
    }

    [Fact]
    public void Run_Metrics_HoldsMeansRatesNormsAndValidation()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings);
        var lines = RunFolder.ReadMetrics(folder["run"]);
        Assert.Equal([4, 8, 12, 16, 20, 24], lines.Select(l => l.Step));
        // Four steps of two micro-steps count their positions: 1…8, 9…16, …
        Assert.Equal([4.5, 12.5, 20.5, 28.5, 36.5, 44.5], lines.Select(l => l.Scalars["position"]));
        foreach (var line in lines)
        {
            Assert.Equal(line.Scalars["fit"], line.Scalars["loss.fit"], 1e-9);
            Assert.True(line.Scalars["gradNorm.fit"] > 0);
            Assert.True(line.Scalars["gradNorm.critic"] > 0);
            Assert.Equal(line.Step % 8 == 0, line.Scalars.ContainsKey("validation.norm"));
            Assert.DoesNotContain("validation.broken", line.Scalars.Keys);
            Assert.Equal(LearningRates.At(Settings, line.Step - 1, (line.Step - 1) / 24.0), line.LearningRate, 1e-15);
        }
        Assert.True(lines[^1].Scalars["fit"] < lines[0].Scalars["fit"]);
        string[] text = File.ReadAllLines(folder["run/metrics.jsonl"]);
        Assert.StartsWith("""{"step":4,"seconds":""", text[0]);
        Assert.Equal(6, text.Length);
    }

    [Fact]
    public void Run_Samples_ComeWithEvaluationModeAtIntervalsAndTheEnd()
    {
        using var folder = new TempFolder();
        using var task = new ToyTask();
        Train(folder["run"], Settings, task: task);
        Assert.Equal(["validate", "sample 10 training=False", "validate", "sample 20 training=False", "validate", "sample 24 training=False"], task.Events);
        Assert.True(task.Model.training);
        Assert.Equal(["10.txt", "20.txt", "24.txt"], Directory.GetFiles(folder["run/samples"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Run_LossNotFinite_SkipsTheStepAndCountsIt()
    {
        using var folder = new TempFolder();
        using var task = new ToyTask { Spoilt = s => s is 6 or 7 or 12 };
        var result = Train(folder["run"], Settings, task: task);
        Assert.Equal((3, 24L), (result.Skipped, result.Step));
        Assert.Equal([0, 2, 2, 3, 3, 3], RunFolder.ReadMetrics(folder["run"]).Select(m => m.Skipped));
        using var file = SafetensorsFile.Open(result.CheckpointPath);
        Assert.Contains("\"emaUpdates\":21", file.Metadata["loop"]);
        using var scope = NewDisposeScope();
        Assert.All(file.Names.Where(n => !n.StartsWith("rng", StringComparison.Ordinal) && file.DType(n) == ScalarType.Float32),
            n => Assert.True(file.Read(n).isfinite().all().item<bool>(), n));
        Assert.Equal(21, file.Read("optim.fit.step")[0].item<long>());
    }

    [Fact]
    public void Run_NotFiniteManyTimesInARow_GivesUpAndLeavesTheCheckpoint()
    {
        using var folder = new TempFolder();
        using var task = new ToyTask { Spoilt = s => s >= 12 };
        var error = Assert.Throws<NotFiniteException>(() => Train(folder["run"], Settings with { MaxSkipsInARow = 4 }, task: task));
        Assert.StartsWith($"{folder["run"]}: the loss or its gradient was not finite in 4 steps in a row, up to step 16; skipped.jsonl names their clips.", error.Message);
        Assert.Equal(folder["run/checkpoints/step-00000010.safetensors"], CheckpointFolder.Resolve(folder["run"]));
    }

    [Fact]
    public void Run_GradientNotFinite_SkipsTheStep()
    {
        using var folder = new TempFolder();
        using var task = new RootTask();
        using var run = RunFolder.Create(folder["run"]);
        var result = new TrainingLoop(task, new TrainingSettings { Steps = 3, EmaRates = [] }, run, new RecordedProgress()).Run();
        Assert.Equal(3, result.Skipped);
        Assert.Equal(0f, task.Weight.item<float>());
    }

    [Fact]
    public void Run_TimeBudget_AnnealsByTimeAndStops()
    {
        using var folder = new TempFolder();
        var clock = new HandClock();
        var settings = Settings with { Steps = 1000, MaxMinutes = 10, LogEvery = 1, WarmupSteps = 0, SampleEvery = 0, ValidateEvery = 0, CheckpointEvery = 0, CheckpointEveryMinutes = 4 };
        var progress = new RecordedProgress();
        var result = Train(folder["run"], settings, progress: progress, clock: clock, onStep: _ => clock.Advance(TimeSpan.FromMinutes(1)));
        Assert.Equal((TrainingEnd.TimeUp, 10L, 600.0), (result.Reason, result.Step, result.Seconds));
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(0.01 * (1 + Math.Cos(Math.PI * i / 10)) / 2, progress.Lines[i].LearningRate, 1e-12);
        }
        Assert.Equal(TimeSpan.FromMinutes(6), progress.Ticks[3].Remaining);
        Assert.Equal(["step-00000008.safetensors", "step-00000010.safetensors"],
            Directory.GetFiles(folder["run/checkpoints"], "*.safetensors").Select(Path.GetFileName).Order());

        // The budget counts over all sessions: a resumed run with nothing left ends at once.
        Assert.Equal(10, Train(folder["run"], settings, clock: clock).Step);
    }

    [Fact]
    public void Run_OtherKindOfSettingsOnResume_ListsAllDifferences()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings, 5);
        using var task = new ToyTask(width: 6);
        var error = Assert.Throws<SettingsException>(() => Train(folder["run"], Settings with { Seed = 9, BatchSize = 2, Steps = 99 }, task: task));
        Assert.Equal(["Model.width must be 5, found 6", "Seed must be 0, found 9", "BatchSize must be 8, found 2"], error.Faults);
    }

    [Fact]
    public void Run_MoreStepsOnResume_GoesOn()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings);
        Assert.Equal(30, Train(folder["run"], Settings with { Steps = 30 }).Step);
        Assert.Contains("\"steps\": 30", File.ReadAllText(folder["run/settings.json"]));
    }

    [Fact]
    public void Run_ManySteps_LeavesNoTensorsBehind()
    {
        using var folder = new TempFolder();
        var counts = new List<long>();
        using var task = new ToyTask { OnStep = s => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount) };
        Train(folder["run"], Settings with { Steps = 60 }, task: task);
        Assert.All(counts.Skip(2), c => Assert.Equal(counts[2], c));
    }

    /// <summary>A loss that is finite at 0 with a gradient that is not: √|w|.</summary>
    private sealed class RootTask : TrainingTask
    {
        private readonly RootModel _model = new();

        internal Tensor Weight => _model.weight;

        public override string Kind => "root";

        public override string SettingsJson => "{}";

        public override nn.Module Model => _model;

        public override IReadOnlyList<TrainingPhase> Phases => [new TrainingPhase("root", _model.Adam, _ => _model.weight.abs().sqrt().sum())];
    }

    private sealed class RootModel : nn.Module<Tensor, Tensor>
    {
        internal readonly TorchSharp.Modules.Parameter weight = nn.Parameter(zeros(1));

        internal RootModel() : base("root")
        {
            register_parameter("weight", weight);
            Adam = optim.Adam(parameters());
        }

        internal optim.Optimizer Adam { get; }

        public override Tensor forward(Tensor x) => x * weight;
    }

    private static TrainingResult Train(string path, TrainingSettings settings, int? cancelAt = null, Action<long>? onStep = null,
        ToyTask? task = null, RecordedProgress? progress = null, TimeProvider? clock = null)
    {
        using var own = task is null ? new ToyTask() : null;
        var used = task ?? own!;
        using var cancellation = new CancellationTokenSource();
        used.OnStep ??= step =>
        {
            onStep?.Invoke(step);
            if (step + 1 == cancelAt)
            {
                cancellation.Cancel();
            }
        };
        using var run = RunFolder.CreateOrResume(path);
        return new TrainingLoop(used, settings, run, progress ?? new RecordedProgress(), clock).Run(cancellation.Token);
    }

    // All but libtorch's own generator, which other tests may draw from at the same time.
    private static void AssertSame(string expected, string actual)
    {
        using var scope = NewDisposeScope();
        using var a = SafetensorsFile.Open(expected);
        using var b = SafetensorsFile.Open(actual);
        Assert.Equal(a.Names.Order(StringComparer.Ordinal), b.Names.Order(StringComparer.Ordinal));
        Assert.Contains("optim.critic.0.max_exp_avg_sq", a.Names);
        Assert.Contains("ema1.first", a.Names);
        foreach (string name in a.Names.Where(n => n != "rng.ambient"))
        {
            Assert.True(a.Read(name).bytes.SequenceEqual(b.Read(name).bytes), name);
        }
    }
}
