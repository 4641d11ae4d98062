using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Motion;
using Leo.Lab.Tests.Animator;
using Leo.Lab.Tests.Motion;
using Leo.Lab.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

/// <summary>Numbers that are not finite, put in at a given step: they are left out, told, and never kept.</summary>
public class NumericalGuardTests
{
    private static readonly TrainingSettings Settings = SmallTrainings.Settings(8) with { Accumulate = 1, LogEvery = 1 };

    [Fact]
    public void Animator_NaNInOneBatch_LeavesThatStepOutAndNamesItsClips()
    {
        using var folder = new TempFolder();
        var settings = new AnimatorRecipe { Animator = new AnimatorSettings { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] }, Training = Settings, AdversarialWeight = 0.1, AdversarialStart = 1 };
        using var task = new AnimatorTask(settings, new SpoiltPairs(5), MovingSquare.HeldOut());
        var (result, progress) = Train(task, folder["run"]);
        Assert.Equal((8L, 1L), (result.Step, result.Skipped));
        var skipped = Assert.Single(RunFolder.ReadSkipped(folder["run"]));
        Assert.Equal((5L, "animator", "loss", "NaN"), (skipped.Step, skipped.Phase, skipped.What, skipped.Value));
        Assert.Equal(["spoilt.mp4 frames 3, 7"], skipped.Clips);
        Assert.Contains("step 5 left out: the loss of animator is NaN; clips: spoilt.mp4 frames 3, 7", progress.Notes);
        AssertFinite(result.CheckpointPath);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], RunFolder.ReadMetrics(folder["run"]).Select(m => m.Skipped));
        using var file = SafetensorsFile.Open(result.CheckpointPath);
        using var scope = NewDisposeScope();
        Assert.Equal(7, file.Read("optim.animator.step")[0].item<long>());
        Assert.Contains("\"emaUpdates\":7", file.Metadata["loop"]);
    }

    [Fact]
    public void Motion_NaNInOneVideo_LeavesOutTheStepsThatMeetIt()
    {
        using var folder = new TempFolder();
        var codes = ToyCodes.Make(videos: 4);
        codes.Videos[3].Values[70] = float.NaN;
        using var model = MotionModel.Create(MotionModelTests.Narrow, ToyCodes.Make(videos: 4), 0);
        using var task = new MotionTask(new MotionRecipe { Motion = MotionModelTests.Narrow, Training = Settings with { Steps = 20 } }, codes, model: model);
        var (result, _) = Train(task, folder["run"], Settings with { Steps = 20 });
        var skipped = RunFolder.ReadSkipped(folder["run"]);
        Assert.InRange(skipped.Count, 1, 15);
        Assert.Equal(skipped.Count, result.Skipped);
        Assert.All(skipped, s => Assert.Contains(s.Clips, c => c.StartsWith("video-3.mp4 frames ", StringComparison.Ordinal)));
        AssertFinite(result.CheckpointPath);
    }

    [Fact]
    public void Motion_NaNEverywhere_IsGivenUpAfterKInARowAndNothingIsWritten()
    {
        using var folder = new TempFolder();
        var codes = ToyCodes.Make();
        foreach (var video in codes.Videos) Array.Fill(video.Values, float.NaN);
        using var model = MotionModel.Create(MotionModelTests.Narrow, ToyCodes.Make(), 0);
        using var task = new MotionTask(new MotionRecipe { Motion = MotionModelTests.Narrow, Training = Settings }, codes, model: model);
        var error = Assert.Throws<NotFiniteException>(() => Train(task, folder["run"], Settings with { MaxSkipsInARow = 3, CheckpointEvery = 4 }));
        Assert.Equal($"{folder["run"]}: the loss or its gradient was not finite in 3 steps in a row, up to step 3; skipped.jsonl names their clips. "
            + "Lower the learning rate, clip the gradients or take those clips out, and resume from the last checkpoint.", error.Message);
        Assert.IsAssignableFrom<TrainingException>(error);
        Assert.Equal([1, 2, 3], RunFolder.ReadSkipped(folder["run"]).Select(s => s.Step));
        Assert.Empty(Directory.GetFiles(folder["run/checkpoints"]));
        using var scope = NewDisposeScope();
        Assert.All(model.Network.state_dict(), p => Assert.True(p.Value.isfinite().all().item<bool>(), p.Key));
    }

    [Fact]
    public void Skipped_StepsThatAreMadeAgain_AreToldOnce()
    {
        using var folder = new TempFolder();
        for (int session = 0; session < 2; session++)
        {
            using var task = new ToyTask { Spoilt = s => s is 2 or 6, OnStep = s => { if (s == 7 && session == 0) throw new Disturbance.Crash(); } };
            using var run = RunFolder.CreateOrResume(folder["run"]);
            var loop = new TrainingLoop(task, Settings with { CheckpointEvery = 4 }, run, new RecordedProgress());
            if (session == 0) Assert.Throws<Disturbance.Crash>(() => loop.Run());
            else Assert.Equal(2, loop.Run().Skipped);
        }
        var skipped = RunFolder.ReadSkipped(folder["run"]);
        Assert.Equal([3, 7], skipped.Select(s => s.Step));
        Assert.Equal(["toy 3", "toy 7"], skipped.SelectMany(s => s.Clips));
    }

    [Fact]
    public void MicroSteps_OneNotFinite_LeavesTheWholeStepOutWithAllItsClips()
    {
        using var folder = new TempFolder();
        using var task = new ToyTask { Spoilt = s => s == 3 };
        var (result, _) = Train(task, folder["run"], Settings with { Accumulate = 3 });
        Assert.Equal(1, result.Skipped);
        Assert.Equal(["toy 10"], Assert.Single(RunFolder.ReadSkipped(folder["run"])).Clips); // three a step before it; the first of its own is spoilt
    }

    [Fact]
    public void Buffers_ThatSawNaN_AreAsBefore()
    {
        using var folder = new TempFolder();
        using var task = new NormedTask { SpoiltStep = 3 };
        var (result, _) = Train(task, folder["run"]);
        Assert.Equal(("normed", "loss"), RunFolder.ReadSkipped(folder["run"]).Select(s => (s.Phase, s.What)).Single());
        AssertFinite(result.CheckpointPath);
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(result.CheckpointPath);
        Assert.NotEqual(0, file.Read("model.norm.running_mean").abs().sum().item<float>());
    }

    // Loss and gradient are finite, and the update overflows.
    [Fact]
    public void Save_WeightsThatOverflowed_IsRefusedAndTheCheckpointBeforeStays()
    {
        using var folder = new TempFolder();
        using var task = new SlopeTask();
        var error = Assert.Throws<NotFiniteException>(() => Train(task, folder["run"], new TrainingSettings { Steps = 5, LearningRate = 3e38, EmaRates = [], CheckpointEvery = 1 }));
        Assert.Contains("'model.weight' is not finite after step 2, so it was not written; checkpoints before it are intact", error.Message);
        Assert.Equal([folder["run/checkpoints/step-00000001.safetensors"]], new CheckpointFolder(folder["run/checkpoints"]).NewestFirst());
        AssertFinite(folder["run"]);
    }

    private static (TrainingResult Result, RecordedProgress Progress) Train(TrainingTask task, string path, TrainingSettings? settings = null)
    {
        var progress = new RecordedProgress();
        using var run = RunFolder.CreateOrResume(path);
        return (new TrainingLoop(task, settings ?? Settings, run, progress).Run(), progress);
    }

    private static void AssertFinite(string path)
    {
        using var scope = NewDisposeScope();
        using var checkpoint = Checkpoint.Open(path);
        foreach (string name in checkpoint.File.Names)
        {
            var value = checkpoint.File.Read(name);
            Assert.True(!value.is_floating_point() || value.isfinite().all().item<bool>(), name);
        }
    }

    /// <summary>Frames of the moving square, but of one batch.</summary>
    private sealed class SpoiltPairs(int spoilt) : IFramePairs
    {
        private readonly MovingSquare _pairs = new(seed: 3);
        private int _batch;

        public IReadOnlyDictionary<string, Generator> Generators => _pairs.Generators;

        public IEnumerable<string> Drawn => [_batch == spoilt ? "spoilt.mp4 frames 3, 7" : "good.mp4 frames 1, 2"];

        public (Tensor Source, Tensor Driving) Next()
        {
            var (source, driving) = _pairs.Next();
            return (source, ++_batch == spoilt ? driving * float.NaN : driving);
        }

        public void Dispose() => _pairs.Dispose();
    }

    private sealed class NormedTask : TrainingTask
    {
        private readonly Normed _model = new();
        private readonly optim.Optimizer _adam;
        private readonly Generator _data = Seeds.Generator(1, "data");

        internal NormedTask()
        {
            _adam = optim.Adam(_model.parameters());
            Phases = [new TrainingPhase("normed", _adam, Loss)];
        }

        internal long SpoiltStep { get; init; }

        public override string Kind => "normed";

        public override string SettingsJson => "{}";

        public override nn.Module Model => _model;

        public override IReadOnlyList<TrainingPhase> Phases { get; }

        public override IReadOnlyDictionary<string, Generator> Generators => new Dictionary<string, Generator> { ["data"] = _data };

        private Tensor Loss(StepContext context)
        {
            var x = randn([8, 3], generator: _data) + 1;
            return _model.forward(context.Step == SpoiltStep ? x * float.NaN : x).square().mean();
        }

        protected override void Dispose(bool disposing)
        {
            _adam.Dispose();
            _data.Dispose();
            _model.Dispose();
        }
    }

    private sealed class Normed : nn.Module<Tensor, Tensor>
    {
        internal readonly BatchNorm1d norm = nn.BatchNorm1d(3);

        internal Normed() : base("normed") => RegisterComponents();

        public override Tensor forward(Tensor x) => norm.forward(x);
    }

    private sealed class SlopeTask : TrainingTask
    {
        private readonly Slope _model = new();
        private readonly optim.Optimizer _descent;

        internal SlopeTask()
        {
            _descent = optim.SGD(_model.parameters(), 1);
            Phases = [new TrainingPhase("slope", _descent, _ => _model.weight.sum())];
        }

        public override string Kind => "slope";

        public override string SettingsJson => "{}";

        public override nn.Module Model => _model;

        public override IReadOnlyList<TrainingPhase> Phases { get; }

        protected override void Dispose(bool disposing)
        {
            _descent.Dispose();
            _model.Dispose();
        }
    }

    private sealed class Slope : nn.Module<Tensor, Tensor>
    {
        internal readonly Parameter weight = nn.Parameter(zeros(1));

        internal Slope() : base("slope") => register_parameter("weight", weight);

        public override Tensor forward(Tensor x) => x * weight;
    }
}
