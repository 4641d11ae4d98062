using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class MotionTaskTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Train_ToyMotion_LearnsItsSpreadAndSpeed()
    {
        var codes = ToyCodes.Make(videos: 40);
        var training = new TrainingSettings { Steps = 400, BatchSize = 32, LearningRate = 2e-3, Schedule = LearningRateSchedule.Cosine, ClipGradNorm = 1, EmaRates = [0.98], LogEvery = 20 };
        var settings = MotionModelTests.Narrow with { Diffusion = MotionSettings.Tiny.Diffusion };
        var recipe = new MotionRecipe { Motion = settings, Training = training };
        using var task = new MotionTask(recipe, codes, ToyCodes.Make(videos: 8, seed: 1));
        var (first, last) = Train(task, training, "toy");
        Assert.True(last["loss.denoiser"] < 0.6 * first["loss.denoiser"]);
        Assert.InRange(last["loss.denoiser"], 0, 0.4);
        Assert.True(last["loss.q0"] < last["loss.q3"]);

        using var trained = MotionModel.Load(Path.Combine(_folder, "toy"));
        using var scope = NewDisposeScope();
        using var evaluation = new MotionTask(recipe, codes, ToyCodes.Make(videos: 8, seed: 1), trained);
        var scores = evaluation.Validate();
        Assert.InRange(scores["motion.std"], 0.7, 1.4);
        Assert.InRange(scores["motion.travel"], 0.7, 1.4);
        Assert.InRange(scores["motion.speed"], 0.7, 1.4);
        Assert.InRange(scores["loss"], 0, 0.6);
    }

    [Fact]
    public void Train_ToyMotionPredictingEpsilon_ReducesTheLoss()
    {
        var training = new TrainingSettings { Steps = 120, BatchSize = 16, LearningRate = 2e-3, ClipGradNorm = 1, EmaRates = [], LogEvery = 20 };
        using var task = new MotionTask(Narrow(training), ToyCodes.Make());
        var (first, last) = Train(task, training, "epsilon");
        Assert.Equal(1, first["loss.denoiser"], 0.25);
        Assert.True(last["loss.denoiser"] < 0.6 * first["loss.denoiser"]);
        Assert.True(last["loss.q3"] < last["loss.q0"]);
    }

    [Fact]
    public void Train_LearntVarianceAndImportantSteps_LearnsAndSamples()
    {
        var training = new TrainingSettings { Steps = 120, BatchSize = 16, LearningRate = 2e-3, ClipGradNorm = 1, EmaRates = [], LogEvery = 20 };
        var narrow = MotionModelTests.Narrow;
        var settings = narrow with { Diffusion = narrow.Diffusion with { Steps = 30, Variance = VarianceType.LearnedRange, StepSampling = StepSamplingKind.LossSecondMoment } };
        using var task = new MotionTask(new MotionRecipe { Motion = settings, Training = training }, ToyCodes.Make());
        var (first, last) = Train(task, training, "learned");
        Assert.True(last["loss.denoiser"] < 0.8 * first["loss.denoiser"]);

        using var trained = MotionModel.Load(Path.Combine(_folder, "learned"));
        using var scope = NewDisposeScope();
        var sample = new MotionSampler(trained).Sample(tensor(ToyCodes.Make().Videos[0].Values[..settings.Dim], [1, settings.Dim]), trained.Settings.Length, [1]);
        Assert.True(sample.isfinite().all().item<bool>());
        Assert.True(sample.std().item<float>() > 0);
    }

    [Fact]
    public void Train_ToyStartCodes_LearnsTheirSpread()
    {
        var codes = ToyCodes.Make(videos: 40);
        var training = new TrainingSettings { Steps = 500, BatchSize = 128, LearningRate = 2e-3, EmaRates = [0.98], LogEvery = 20 };
        var recipe = new StartCodeRecipe { StartCode = new StartCodeSettings { Width = 64, Blocks = 2 }, Training = training };
        using var task = new StartCodeTask(recipe, codes, ToyCodes.Make(videos: 40, seed: 1));
        var (first, last) = Train(task, training, "start");
        Assert.True(last["loss.denoiser"] < 0.6 * first["loss.denoiser"]);
        using var trained = StartCodeModel.Load(Path.Combine(_folder, "start"));
        using var evaluation = new StartCodeTask(recipe, codes, codes, trained);
        var scores = evaluation.Validate();
        Assert.InRange(scores["codes.std"], 0.75, 1.25);
        Assert.InRange(scores["codes.mean"], 0, 0.3);
    }

    [Fact]
    public void Step_Fifty_KeepsTheCountOfTensorsFlat()
    {
        var codes = ToyCodes.Make();
        var training = new TrainingSettings { BatchSize = 4 };
        using var task = new MotionTask(Narrow(training), codes);
        var phase = Assert.Single(task.Phases);
        Step();
        Step();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 50; i++)
        {
            Step();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            phase.Optimizer.zero_grad();
            phase.Loss(Context())!.backward();
            phase.Optimizer.step();
        }
    }

    [Fact]
    public void Sample_Folder_GetsCodesAndTheRealOnes()
    {
        var codes = ToyCodes.Make();
        using var model = MotionModelTests.Shaken(MotionModelTests.Narrow);
        var rendered = new List<(string Folder, long Step)>();
        using var task = new MotionTask(Narrow(new()), codes, model: model) { Render = (_, folder, step) => rendered.Add((folder, step)) };
        task.Sample(_folder, 12);
        using var file = SafetensorsFile.Open(Path.Combine(_folder, "motion-0000012.safetensors"));
        using var scope = NewDisposeScope();
        Assert.Equal([8L, 16L, 4L], file.Shape("codes"));
        Assert.Equal(file.Read("real").select(1, 0).contiguous().bytes.ToArray(), file.Read("codes").select(1, 0).contiguous().bytes.ToArray());
        Assert.Equal([(_folder, 12L)], rendered);
    }

    [Fact]
    public void Validate_Twice_IsTheSameAndLeavesTheGeneratorsAlone()
    {
        var codes = ToyCodes.Make();
        using var model = MotionModelTests.Shaken(MotionModelTests.Narrow);
        using var task = new MotionTask(Narrow(new()), codes, codes, model);
        byte[] before = task.Generators.Values.SelectMany(State).ToArray();
        var first = task.Validate();
        Assert.Equal(first, task.Validate());
        Assert.Equal(before, task.Generators.Values.SelectMany(State).ToArray());
        Assert.True(first["loss"] > 0);

        static byte[] State(Generator generator)
        {
            using var state = generator.get_state();
            return state.bytes.ToArray();
        }
    }

    [Fact]
    public void LiveTensors_OverFiftyStepsAndFrames_StayFlat()
    {
        var training = new TrainingSettings { BatchSize = 4, LearningRate = 1e-3, ClipGradNorm = 1 };
        using var model = MotionModelTests.Shaken(MotionModelTests.Narrow);
        using var task = new MotionTask(Narrow(training), ToyCodes.Make(), model: model);
        using var runner = new StepRunner(task, training, new ScalarMeans());
        Run(0, 5);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Run(5, 50);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Run(int from, int steps)
        {
            for (int step = from; step < from + steps; step++) Assert.Null(runner.Run(step, 0, training.LearningRate));
            using var scope = NewDisposeScope();
            Assert.Equal(steps, new MotionSampler(model, SamplerSpec.Parse("ddim:4:1")).Sample(ones(1, 4), steps, [1]).shape[1]);
        }
    }

    private static MotionRecipe Narrow(TrainingSettings training) => new() { Motion = MotionModelTests.Narrow, Training = training };

    private static StepContext Context() => new(0, 0, 0, (_, _) => { });

    private (IReadOnlyDictionary<string, double> First, IReadOnlyDictionary<string, double> Last) Train(TrainingTask task, TrainingSettings training, string name)
    {
        using var run = RunFolder.Create(Path.Combine(_folder, name));
        var log = new Log();
        new TrainingLoop(task, training, run, log).Run();
        return (log.Lines[0].Scalars, log.Lines[^1].Scalars);
    }

    private sealed class Log : ITrainingProgress
    {
        public List<TrainingMetrics> Lines { get; } = [];

        public void Begin(long step, TrainingSettings settings)
        {
        }

        public void Step(in TrainingTick tick)
        {
        }

        public void Metrics(TrainingMetrics metrics) => Lines.Add(metrics);

        public void Note(string text)
        {
        }

        public void End(TrainingResult result)
        {
        }
    }
}
