using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class TransitionTests : IDisposable
{
    private static readonly SamplerSpec Few = SamplerSpec.Parse("ddim:4:1");

    private static readonly TransitionSettings Narrow = new() { Length = 16, Dim = 4, Network = MotionModelTests.Narrow.Network };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Join_OfSplit_GivesTheSequenceBackAndBothEndsBitByBit()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var a = randn([3, 9, 4], generator: generator);
        var (first, last, m) = TransitionCondition.Split(a);
        var joined = TransitionCondition.Join(first, last, m);

        Assert.Equal([3, 7, 4], m.shape);
        Assert.True((joined - a).abs().max().item<float>() < 1e-6);
        Assert.Equal(a.select(1, 0).contiguous().bytes.ToArray(), joined.select(1, 0).contiguous().bytes.ToArray());
        Assert.Equal(a.select(1, 8).contiguous().bytes.ToArray(), joined.select(1, 8).contiguous().bytes.ToArray());
        // Motion along a straight line has no residual.
        var straight = linspace(0, 1, 9).reshape(1, 9, 1) * ones(1, 1, 4);
        Assert.True(TransitionCondition.Split(straight).M.abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void TrainingLoss_NetworkIsShownBothEnds_AndNoiseBetweenThem()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var seen = new List<Tensor>();
        var (first, last) = (randn([2, 4], generator: generator), randn([2, 4], generator: generator));
        var denoiser = TransitionCondition.Denoiser((x, _) => { seen.Add(x.clone().MoveToOtherDisposeScope(scope)); return x; }, first, last);
        var m = randn([2, 7, 4], generator: generator);

        Assert.Equal([2, 7, 4], denoiser(m, zeros(2)).shape);

        var shown = Assert.Single(seen);
        Assert.Equal(first.bytes.ToArray(), shown.select(1, 0).contiguous().bytes.ToArray());
        Assert.Equal(last.bytes.ToArray(), shown.select(1, 8).contiguous().bytes.ToArray());
    }

    [Fact]
    public void Sample_AnyWeights_BeginsAndEndsAsTold()
    {
        using var model = Shaken();
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var noise = new SeededNoise([1, 2, 3], "test", model.NoiseShape);
        var (first, last) = (randn([3, 4], generator: generator), randn([3, 4], generator: generator));

        var a = model.Sample(Few.Build(model.Diffusion), first, last, noise.Next);

        Assert.Equal([3, 16, 4], a.shape);
        Assert.Equal(first.bytes.ToArray(), a.select(1, 0).contiguous().bytes.ToArray());
        Assert.Equal(last.bytes.ToArray(), a.select(1, 15).contiguous().bytes.ToArray());
        Assert.Throws<ArgumentException>(() => model.Sample(Few.Build(model.Diffusion), first, last.narrow(0, 0, 2), noise.Next));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void MotionSampler_WithTransitions_PassesThroughTheNewCodes(int every)
    {
        using var motion = MotionModelTests.Shaken(MotionModelTests.Narrow);
        using var bridge = Shaken();
        using var starts = StartCodeModel.Create(new StartCodeSettings { Dim = 4, Width = 16, Blocks = 1 }, ToyCodes.Make(), 0);
        using var scope = NewDisposeScope();
        var transitions = new Transitions(bridge, starts, Few, every);
        var sampler = new MotionSampler(motion, Few, transitions);
        var alpha1 = ones(2, 4) * 0.3;
        int told = 0;

        var whole = sampler.Sample(alpha1, 61, [7, 8], _ => told++);

        Assert.Equal(sampler.Steps(61), told);
        // Sequences of 16 share their ends: the transition, sequence number `every`, ends at frame 15·(every + 1).
        var target = transitions.Target([7, 8], every);
        Assert.Equal(target.bytes.ToArray(), whole.select(1, 15 * (every + 1)).contiguous().bytes.ToArray());
        // Until then it is the motion without transitions.
        var plain = new MotionSampler(motion, Few).Sample(alpha1, 61, [7, 8]);
        int shared = 15 * every + 1;
        Assert.Equal(plain.narrow(1, 0, shared).contiguous().bytes.ToArray(), whole.narrow(1, 0, shared).contiguous().bytes.ToArray());
        Assert.False(plain.allclose(whole, 1e-3, 1e-3));
        Assert.Equal(whole.narrow(1, 0, 40).contiguous().bytes.ToArray(), sampler.Sample(alpha1, 40, [7, 8]).bytes.ToArray());
    }

    [Fact]
    public void Train_ToyMotion_LearnsWhatLiesBetween()
    {
        var codes = ToyCodes.Make(videos: 40);
        var training = new TrainingSettings { Steps = 200, BatchSize = 32, LearningRate = 2e-3, ClipGradNorm = 1, EmaRates = [0.98], LogEvery = 20 };
        var recipe = new TransitionRecipe { Transition = Narrow with { Diffusion = MotionSettings.Tiny.Diffusion }, Training = training };
        using (var task = new TransitionTask(recipe, codes, ToyCodes.Make(videos: 8, seed: 1)))
        using (var run = RunFolder.Create(Path.Combine(_folder, "run")))
            new TrainingLoop(task, training, run, new Leo.Lab.Tests.Training.RecordedProgress()).Run();

        using var trained = TransitionModel.Load(Path.Combine(_folder, "run"));
        using var evaluation = new TransitionTask(recipe, codes, ToyCodes.Make(videos: 8, seed: 1), trained);
        using var scope = NewDisposeScope();
        var scores = evaluation.Validate();
        Assert.InRange(scores["loss"], 0, 0.5);
        Assert.InRange(scores["motion.speed"], 0.7, 1.4);
        var error = Assert.Throws<CheckpointException>(() => MotionModel.Load(Path.Combine(_folder, "run")));
        Assert.Contains("transition", error.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public void Validate_LengthThatCannotBe_IsRefused(int length) =>
        Assert.Throws<SettingsException>((Narrow with { Length = length }).Validate);

    private static TransitionModel Shaken() => TransitionModel.Create(Narrow, ToyCodes.Make(), 0).Shaken(0.1);
}
