using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Experiments;
using Leo.Lab.Media;
using Leo.Lab.Perceptual;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;

namespace Leo.Lab.Tests.Animator;

/// <summary>The animator in the training loop: files on the disk and resumption.</summary>
public class AnimatorRunTests
{
    private static readonly AnimatorRecipe Settings = new()
    {
        Animator = new AnimatorSettings { Size = 16, StyleDim = 16, MotionDim = 6, Channels = [12, 12, 8] },
        Training = new TrainingSettings { Steps = 6, LearningRate = 0.01, SampleEvery = 6, ValidateEvery = 6, LogEvery = 1 },
        AdversarialWeight = 0.1,
        AdversarialStart = 1,
        R1Weight = 1,
        R1Every = 2,
    };

    [Fact]
    public void Run_InTwoSessions_EqualsOneByteForByte()
    {
        using var folder = new TempFolder();
        var whole = Run(folder["whole"], 6);
        Run(folder["parts"], 3);
        var parts = Run(folder["parts"], 6);
        using var a = ImageAnimator.Load(whole.CheckpointPath);
        using var b = ImageAnimator.Load(parts.CheckpointPath);
        foreach (var (name, value) in a.state_dict())
            Assert.Equal(value.ToArray<float>(), b.state_dict()[name].ToArray<float>());
        Assert.Equal(RunFolder.ReadMetrics(folder["whole"])[^1].Scalars, RunFolder.ReadMetrics(folder["parts"])[^1].Scalars);
    }

    [Fact]
    public void Run_InBfloat16_InTwoSessions_EqualsOneByteForByte()
    {
        using var folder = new TempFolder();
        var settings = Settings with { Training = Settings.Training with { Precision = Precision.Bfloat16 } };
        var progress = new RecordedProgress();
        var whole = Run(folder["whole"], 6, settings, progress);
        Run(folder["parts"], 3, settings, new RecordedProgress());
        var parts = Run(folder["parts"], 6, settings, new RecordedProgress());
        Assert.Contains("precision: bfloat16", progress.Notes);
        Assert.Contains("\"precision\": \"bfloat16\"", File.ReadAllText(Path.Combine(folder["whole"], "settings.json")));
        using var a = Checkpoint.Open(whole.CheckpointPath);
        using var b = Checkpoint.Open(parts.CheckpointPath);
        Assert.Equal(a.File.Names, b.File.Names);
        foreach (string name in a.File.Names)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var (x, y) = (a.File.Read(name), b.File.Read(name));
            // Weights, averages, Adam's moments: nothing in a checkpoint is narrower than float32.
            Assert.NotEqual(TorchSharp.torch.bfloat16, x.dtype);
            Assert.True(x.bytes.SequenceEqual(y.bytes), name);
        }
    }

    [Theory]
    [InlineData(Precision.Float32, Precision.Bfloat16)]
    [InlineData(Precision.Bfloat16, Precision.Float32)]
    public void Run_OfOnePrecision_GoesOnAndRendersInAnother(Precision first, Precision then)
    {
        using var folder = new TempFolder();
        Run(folder["run"], 3, In(first), new RecordedProgress());
        var result = Run(folder["run"], 6, In(then), new RecordedProgress());
        Assert.Equal(6, result.Step);

        using var scope = TorchSharp.torch.NewDisposeScope();
        using var leo = LeoPipeline.Load(new LeoParts(folder["run"]), precision: then);
        using var other = LeoPipeline.Load(new LeoParts(folder["run"]), precision: first);
        var (source, codes) = (TorchSharp.torch.zeros(1, 3, 16, 16), TorchSharp.torch.zeros(2, 6));
        var (a, b) = (leo.Render(source, codes), other.Render(source, codes));
        Assert.InRange((a.Frames - b.Frames).abs().max().item<float>(), 1e-7, 0.05);

        static AnimatorRecipe In(Precision precision) => Settings with { Training = Settings.Training with { Precision = precision } };
    }

    [Fact]
    public void Run_InTf32WithoutCuda_IsFloat32_AndSaysSo()
    {
        using var folder = new TempFolder();
        var progress = new RecordedProgress();
        var tf32 = Run(folder["tf32"], 3, Settings with { Training = Settings.Training with { Precision = Precision.Tf32 } }, progress);
        var float32 = Run(folder["float32"], 3);
        if (!TorchSharp.torch.cuda.is_available()) Assert.Contains("precision: float32 (tf32 is a mode of CUDA)", progress.Notes);
        using var a = ImageAnimator.Load(tf32.CheckpointPath);
        using var b = ImageAnimator.Load(float32.CheckpointPath);
        foreach (var (name, value) in a.state_dict())
            Assert.Equal(value.ToArray<float>(), b.state_dict()[name].ToArray<float>());
        Assert.False(TorchSharp.torch.backends.cuda.matmul.allow_tf32);
    }

    [Fact]
    public void Run_Finished_HasASheetAndScoresAndItsSettings()
    {
        using var folder = new TempFolder();
        Run(folder["run"], 6);
        var sheet = ImageFile.Read(Directory.GetFiles(Path.Combine(folder["run"], "samples"), "*.png").Single());
        Assert.Equal((2 * 2 * 16, 5 * 16), (sheet.Height, sheet.Width));
        var last = RunFolder.ReadMetrics(folder["run"])[^1].Scalars;
        Assert.Superset(
            new HashSet<string> { "l1", "pyramid", "adversarial", "discriminator", "loss.animator", "validation.movingRatio", "validation.psnr" },
            last.Keys.ToHashSet());
        Assert.Contains("\"adversarialStart\": 1", File.ReadAllText(Path.Combine(folder["run"], "settings.json")));
    }

    [Fact]
    public void Run_WithoutPerceptualNetwork_SaysSoEverywhere()
    {
        using var folder = new TempFolder();
        var progress = new RecordedProgress();
        Run(folder["run"], 1, Settings, progress);
        Assert.Contains("perceptual term: off (no network was given; LIA has VGG-19)", progress.Notes);
        Assert.Contains("\"perceptualTerm\": \"off (no network was given", File.ReadAllText(Path.Combine(folder["run"], "settings.json")));
        Assert.Equal("off (no network was given; LIA has VGG-19)", AnimatorProvenance.PerceptualTerm(folder["run"]));
    }

    [Fact]
    public void Run_WithPuppetFeatures_ReportsTheTermAndKeepsItsDescriptionOnExport()
    {
        using var folder = new TempFolder();
        using (var features = new PuppetFeatures(new PuppetFeaturesSettings { Channels = [4, 8, 8] }, Seeds.Generator(1, "p")))
            Checkpoint.Save(folder["p.safetensors"], PuppetFeatures.Kind, Json.WriteLine(features.Settings), 1, features.state_dict());
        var settings = Settings with { Perceptual = folder["p.safetensors"], PerceptualWeight = 0.5 };
        var progress = new RecordedProgress();
        Run(folder["run"], 2, settings, progress);

        const string Expected = "puppets at scales 1, 1/2; 1/4, 1/8 left out, as puppets needs 8 pixels; weight 0.5";
        Assert.Contains($"perceptual term: {Expected}", progress.Notes);
        Assert.True(progress.Lines[0].Scalars["perceptual"] > 0);
        using (var checkpoint = Checkpoint.Open(folder["run"]))
            checkpoint.Export(folder["a.safetensors"]);
        Assert.Equal(Expected, AnimatorProvenance.PerceptualTerm(folder["a.safetensors"]));
        using var animator = new ImageAnimator(Settings.Animator);
        animator.Save(folder["bare.safetensors"]);
        Assert.Equal(AnimatorProvenance.NotRecorded, AnimatorProvenance.PerceptualTerm(folder["bare.safetensors"]));
    }

    private static TrainingResult Run(string path, int steps) => Run(path, steps, Settings, new RecordedProgress());

    private static TrainingResult Run(string path, int steps, AnimatorRecipe settings, RecordedProgress progress)
    {
        using var task = new AnimatorTask(settings, new MovingSquare(seed: 3), MovingSquare.HeldOut());
        using var run = RunFolder.CreateOrResume(path);
        return new TrainingLoop(task, settings.Training with { Steps = steps }, run, progress).Run();
    }
}
