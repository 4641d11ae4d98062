using Leo.Lab.Checkpoints;
using Leo.Lab.Perceptual;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Perceptual;

public class PuppetFeaturesTests
{
    private static readonly PerceptualRecipe Small = new()
    {
        Features = new PuppetFeaturesSettings { Channels = [4, 8, 8] },
        Training = new TrainingSettings { Steps = 8, BatchSize = 4, LearningRate = 3e-3, LogEvery = 1, ValidateEvery = 8, SampleEvery = 8 },
        People = 3,
        HeldOutPeople = 2,
        Pictures = 2,
        Size = 32,
    };

    [Fact]
    public void Shipped_Features_AreSmallAndSeeAnEyeClose()
    {
        using var scope = NewDisposeScope();
        using var features = PerceptualFeatures.Load(PerceptualFeatures.Puppets);
        Assert.Equal("puppets", features.Name);
        Assert.InRange(((nn.Module)features).parameters().Sum(p => p.numel()), 1, 500_000);

        // Blinking changes some twenty pixels; noise that changes as much in L1 must count for less.
        var who = Leo.Lab.Data.Puppets.FaceIdentity.Draw(99, 5) with { Glasses = 0 };
        Tensor Face(float blink) => Leo.Lab.Data.FrameTensors.FromImage(
            Leo.Lab.Data.Puppets.PuppetRenderer.Render(who, new Leo.Lab.Data.Puppets.FacePose { Blink = blink }));
        var (open, closed) = (Face(0), Face(1));
        var noise = randn(open.shape, float32, generator: Seeds.Generator(1, "noise"));
        var noisy = open + noise * ((closed - open).abs().mean() / noise.abs().mean());
        using var loss = new PerceptualLoss(features, 64);
        Assert.True(loss.Of(closed, open).item<float>() > loss.Of(noisy, open).item<float>());
    }

    [Fact]
    public void Features_AfterTraining_HaveMeanOneInEveryLayer()
    {
        using var scope = NewDisposeScope();
        using var network = new PuppetFeatures(new PuppetFeaturesSettings { Channels = [4, 8] }, Seeds.Generator(1, "p"));
        var images = PerceptualGolden.Picture("images", [8, 3, 16, 16], 1);
        network.train();
        for (int i = 0; i < 600; i++) DisposeAll(network.Maps(images));
        network.eval();
        var layers = network.Features(images);
        Assert.Equal([[8, 4, 16, 16], [8, 8, 8, 8]], layers.Select(l => l.shape));
        Assert.All(layers, layer => Assert.Equal(1, layer.mean().item<float>(), 0.01));
        Assert.Equal(4, network.LeastSize);
    }

    [Fact]
    public void Run_InTwoSessions_EqualsOne_AndItsExportLoadsFrozen()
    {
        using var folder = new TempFolder();
        Run(folder["whole"], 8);
        Run(folder["parts"], 3);
        Run(folder["parts"], 8);
        Export(folder["whole"], folder["a.safetensors"]);
        Export(folder["parts"], folder["b.safetensors"]);
        Assert.Equal(File.ReadAllBytes(folder["a.safetensors"]), File.ReadAllBytes(folder["b.safetensors"]));

        using var scope = NewDisposeScope();
        using var features = PerceptualFeatures.Load(folder["a.safetensors"]);
        var images = PerceptualGolden.Picture("images", [1, 3, 32, 32], 1).requires_grad_(true);
        features.Features(images)[^1].sum().backward();
        Assert.True(images.grad!.abs().sum().item<float>() > 0);
        Assert.All(((nn.Module)features).parameters(), p => Assert.False(p.requires_grad));
        Assert.Single(Directory.GetFiles(Path.Combine(folder["whole"], "samples"), "*.png"));
    }

    [Fact]
    public void Training_OnFewPuppets_LearnsToReadThem()
    {
        using var folder = new TempFolder();
        var lines = Run(folder["run"], 60).Lines;
        Assert.True(lines[^1].Scalars["loss.perceptual"] < 0.7 * lines[0].Scalars["loss.perceptual"]);
        Assert.Superset(new HashSet<string> { "validation.faces.pose", "validation.bodies.person" }, lines[^1].Scalars.Keys.ToHashSet());
    }

    [Fact]
    public void Settings_WithFaults_ListThemAll()
    {
        var error = Assert.Throws<SettingsException>(() => (Small with { People = 1, Size = 33, PoseWeight = 0, IdentityWeight = 0 }).Validate());
        Assert.Equal(3, error.Faults.Count);
        Assert.Throws<SettingsException>(() => new PuppetFeaturesSettings { Channels = [] }.Validate());
    }

    private static RecordedProgress Run(string path, int steps)
    {
        var settings = Small with { Training = Small.Training with { Steps = steps, ValidateEvery = steps, SampleEvery = 8 } };
        using var task = new PerceptualTask(settings);
        using var run = RunFolder.CreateOrResume(path);
        var progress = new RecordedProgress();
        new TrainingLoop(task, settings.Training, run, progress).Run();
        return progress;
    }

    private static void Export(string run, string file)
    {
        using var checkpoint = Checkpoint.Open(run);
        checkpoint.Export(file, ScalarType.Float16);
    }

    private static void DisposeAll(IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors) tensor.Dispose();
    }
}
