using Leo.Lab.Animator;
using Leo.Lab.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

public class AnimatorTrainingTests
{
    private static readonly AnimatorRecipe Settings = new()
    {
        Animator = new AnimatorSettings { Size = 16, StyleDim = 16, MotionDim = 6, Channels = [12, 12, 8] },
        Training = new TrainingSettings { LearningRate = 0.02 },
        EdgeWeight = 0.5,
    };

    [Fact]
    public void Training_OnTwoFixedImages_HalvesTheLoss()
    {
        using var task = new AnimatorTask(Settings, new MovingSquare(), MovingSquare.HeldOut());
        var losses = Run(task, 30);
        Assert.True(losses[^1] < 0.5 * losses[0], $"from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void Training_WithDiscriminatorAndR1_ReachesEveryWeightOnce()
    {
        var settings = Settings with { AdversarialWeight = 0.1, R1Weight = 10, R1Every = 2, AdversarialStart = 1 };
        using var task = new AnimatorTask(settings, new MovingSquare(), MovingSquare.HeldOut());
        var discriminator = task.Companions["discriminator"];
        var before = Copy(discriminator);
        Run(task, 1);
        Assert.All(Moved(discriminator, before), m => Assert.False(m.Moved, $"{m.Name} moved before the start"));
        Run(task, 4, from: 1);
        Assert.All(Moved(discriminator, before), m => Assert.True(m.Moved, $"{m.Name} did not move"));
        Dispose(before.Values);
    }

    [Fact]
    public void AnimatorLoss_Adversarial_LeavesNoGradientInTheDiscriminator()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new Discriminator(Settings.Animator, Seeds.Generator(1, "d"));
        var fake = zeros(2, 3, 16, 16).requires_grad_(true);
        AdversarialLoss.Animator(discriminator, fake).backward();
        Assert.All(discriminator.parameters(), p => Assert.True(p.grad is null));
        Assert.True(fake.grad!.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void Gradients_OfTheWholeAnimator_ReachAllButTheUnusedWeights()
    {
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(Settings.Animator, Seeds.Generator(1, "g"));
        var images = randn([4, 3, 16, 16], float32, generator: Seeds.Generator(2, "x"));
        animator.forward(images.narrow(0, 0, 2), images.narrow(0, 2, 2)).square().sum().backward();
        var without = animator.named_parameters().Where(p => p.parameter.grad is null).Select(p => p.name);
        Assert.All(without, name => Assert.True(name.Contains(".noise.") || name.StartsWith("dec.to_rgb1."), name));
        Assert.True(animator.dec.direction.weight.grad!.abs().sum().item<float>() > 0);
        Dispose(animator.parameters().Select(p => p.grad!));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Bfloat16)]
    public void LiveTensors_OverFiftySteps_StayFlat(Precision precision)
    {
        var settings = Settings with { AdversarialWeight = 0.1, R1Weight = 1, R1Every = 3 };
        using var task = new AnimatorTask(settings, new MovingSquare(), MovingSquare.HeldOut());
        Assert.Equal(precision, task.Use(precision));
        Run(task, 6);
        long before = Live();
        Run(task, 50, from: 6);
        Assert.Equal(before, Live());
        task.Validate();
        Assert.Equal(before, Live());

        // Of this thread: other tests run beside this one.
        static long Live() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
    }

    [Fact]
    public void ReconstructionLoss_OfEqualImages_IsZero_AndWeighsWhatMoves()
    {
        using var scope = NewDisposeScope();
        var loss = new ReconstructionLoss(new AnimatorRecipe { MovingWeight = 4, SquaredWeight = 0, PyramidWeight = 0 });
        var (source, driving) = (zeros(1, 3, 8, 8), full([1, 3, 8, 8], 0.5, float32));
        Assert.Equal(0, loss.Total(driving, source, driving).item<float>());
        Assert.Equal(0.5 * (1 + 4 * 0.5), loss.Total(source, source, driving).item<float>(), 5);
    }

    [Fact]
    public void ReconstructionLoss_AllTerms_EqualTheirDefinitions()
    {
        using var scope = NewDisposeScope();
        var settings = new AnimatorRecipe { L1Weight = 2, MovingWeight = 0, SquaredWeight = 4, PyramidWeight = 3, PyramidLevels = 2, EdgeWeight = 5 };
        var image = randn([2, 3, 8, 8], float32, generator: Seeds.Generator(2, "x"));
        var driving = randn([2, 3, 8, 8], float32, generator: Seeds.Generator(3, "x"));
        Tensor Half(Tensor x) => nn.functional.avg_pool2d(x, 2);
        float L1(Tensor a, Tensor b) => (a - b).abs().mean().item<float>();
        Tensor Dx(Tensor x) => x.narrow(3, 1, 7) - x.narrow(3, 0, 7);
        Tensor Dy(Tensor x) => x.narrow(2, 1, 7) - x.narrow(2, 0, 7);
        float expected = 2 * L1(image, driving)
            + 4 * (image - driving).square().mean().item<float>()
            + 3 * (L1(Half(image), Half(driving)) + L1(Half(Half(image)), Half(Half(driving)))) / 2
            + 5 * (L1(Dx(image), Dx(driving)) + L1(Dy(image), Dy(driving)));
        var names = new List<string>();
        var found = new ReconstructionLoss(settings).Total(image, zeros_like(image), driving, (name, _) => names.Add(name));
        Assert.Equal(expected, found.item<float>(), 1e-4);
        Assert.Equal(["l1", "squared", "pyramid", "edge"], names);
    }

    [Fact]
    public void ReconstructionLoss_EdgesThatMove_WeighMore()
    {
        using var scope = NewDisposeScope();
        var settings = new AnimatorRecipe { L1Weight = 0, SquaredWeight = 0, PyramidWeight = 0, EdgeWeight = 1, MovingWeight = 6 };
        var driving = zeros(1, 3, 8, 8);
        var image = zeros(1, 3, 8, 8);
        image[TensorIndex.Ellipsis, TensorIndex.Slice(4)] = 1;         // one vertical edge of height 1
        float still = new ReconstructionLoss(settings).Total(image, driving, driving).item<float>();
        float moving = new ReconstructionLoss(settings).Total(image, driving + 0.5, driving).item<float>();
        Assert.Equal(1 / 7f, still, 5);
        Assert.Equal((1 + 6 * 0.5f) / 7, moving, 5);
    }

    [Fact]
    public void Score_OfRepeatingTheSource_HasRatioOne()
    {
        using var task = new AnimatorTask(Settings, new MovingSquare(), MovingSquare.HeldOut());
        using var clips = MovingSquare.HeldOut();
        var score = ReconstructionScore.Of(task.Animator, clips);
        Assert.True(score.RepeatSourceL1 > 0 && score.MovingRepeatSourceL1 > ReconstructionMeter.MovingThreshold);
        Assert.Equal(score.MovingL1 / score.MovingRepeatSourceL1, score.MovingRatio);
        Assert.Equal(score.MovingRatio, task.Validate()["movingRatio"], 6);
    }

    [Fact]
    public void ContactSheet_OfTwoClips_HasARowForEachDrivingFrame()
    {
        using var scope = NewDisposeScope();
        using var task = new AnimatorTask(Settings, new MovingSquare(), MovingSquare.HeldOut());
        using var clips = MovingSquare.HeldOut();
        var sheet = ContactSheet.Render(task.Animator, clips);
        Assert.Equal([3, 2 * 2 * 16, 5 * 16], sheet.shape);
        Assert.InRange(sheet.abs().max().item<float>(), 0, 1);
    }

    [Fact]
    public void Presets_AreValid_AndSurviveJson()
    {
        AnimatorRecipe[] presets = [AnimatorRecipe.Tiny, AnimatorRecipe.Small, AnimatorRecipe.Paper];
        foreach (var preset in presets)
        {
            preset.Validate();
            var again = Json.Read<AnimatorRecipe>(Json.Write(preset), "preset");
            Assert.Equal(Json.Write(preset), Json.Write(again));
            Assert.Equal(preset.Animator, again.Animator);
        }
        Assert.Equal(20, AnimatorSettings.Paper.MotionDim);
        var paper = AnimatorRecipe.Paper;
        Assert.Equal((1, 1, 10, 4), (paper.L1Weight, paper.AdversarialWeight, paper.PerceptualWeight, paper.PerceptualScales));
        Assert.Equal((0, 0, 0, 0, 0), (paper.R1Weight, paper.MovingWeight, paper.SquaredWeight, paper.PyramidWeight, paper.EdgeWeight));
        Assert.Equal((800_000, 32, 2e-3), (paper.Training.Steps, paper.Training.BatchSize, paper.Training.LearningRate));
        Assert.Equal((0.8, 16.0 / 17), (paper.AnimatorRate, paper.DiscriminatorRate));
        Assert.Equal(0.99, Math.Pow(AnimatorRecipe.Paper.AnimatorBetas.Beta2, 5.0 / 4), 9);
    }

    [Fact]
    public void Validate_OfSeveralFaults_ListsThemAll()
    {
        var settings = new AnimatorRecipe { EdgeWeight = -1, R1Every = 0, AnimatorBetas = new AdamBetas(1, 0.9) };
        var error = Assert.Throws<SettingsException>(settings.Validate);
        Assert.Equal(3, error.Faults.Count);
        error = Assert.Throws<SettingsException>(() => new AnimatorSettings { Size = 60, MotionDim = 200, Channels = [0] }.Validate());
        Assert.Equal(3, error.Faults.Count);
    }

    private static List<double> Run(AnimatorTask task, int steps, int from = 0)
    {
        var losses = new List<double>();
        var means = new ScalarMeans();
        using var runner = new StepRunner(task, Settings.Training, means);
        for (int step = from; step < from + steps; step++)
        {
            Assert.Null(runner.Run(step, 0, Settings.Training.LearningRate));
            losses.Add(means.Take()["loss.animator"]);
        }
        return losses;
    }

    private static Dictionary<string, Tensor> Copy(nn.Module module) =>
        module.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().clone());

    private static IEnumerable<(string Name, bool Moved)> Moved(nn.Module module, Dictionary<string, Tensor> before)
    {
        foreach (var (name, parameter) in module.named_parameters())
        {
            using var scope = NewDisposeScope();
            yield return (name, (parameter.detach() - before[name]).abs().max().item<float>() > 0);
        }
    }

    private static void Dispose(IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors.ToArray()) tensor?.Dispose();
    }
}
