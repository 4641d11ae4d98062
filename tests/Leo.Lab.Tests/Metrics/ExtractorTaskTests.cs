using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics;
using Leo.Lab.Experiments.Extractor;
using Leo.Lab.Metrics.I3d;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class ExtractorTaskTests
{
    private static readonly ExtractorRecipe Small = new()
    {
        Network = new PuppetI3dSettings { Channels = [4, 8], Width = 8 },
        Training = new TrainingSettings { Steps = 4, BatchSize = 2, LearningRate = 3e-3, LogEvery = 1, ValidateEvery = 4, EmaRates = [0.5] },
        People = 3,
        HeldOutPeople = 2,
        VideoFrames = 10,
        Frames = 5,
        Strides = [1, 2],
    };

    [Fact]
    public void Run_InTwoSessions_EqualsOne_AndItsExportIsAnExtractor()
    {
        using var folder = new TempFolder();
        var lines = Run(folder["whole"], 4).Lines;
        Run(folder["parts"], 1);
        Run(folder["parts"], 4);
        Export(folder["whole"], folder["a.safetensors"]);
        Export(folder["parts"], folder["b.safetensors"]);
        Assert.Equal(File.ReadAllBytes(folder["a.safetensors"]), File.ReadAllBytes(folder["b.safetensors"]));
        Assert.Superset(new HashSet<string> { "validation.faces.motion", "validation.bodies.spoilt" }, lines[^1].Scalars.Keys.ToHashSet());

        using var scope = NewDisposeScope();
        using var extractor = VideoExtractors.Open($"puppet-i3d:{folder["a.safetensors"]}");
        Assert.Equal("FVD(puppet-i3d)", MetricName.Of("FVD", extractor.Name));
        using var generator = new Generator(1);
        var clip = (rand([6, 3, 40, 30], generator: generator) * 255).round();
        var features = extractor.Features(clip, ClipResize.Stretch);
        Assert.Equal([1L, 8], features.shape);
        Assert.True(features.allclose(extractor.Features(clip, ClipResize.Stretch), 0, 0));
        Assert.False(features.allclose(extractor.Features(clip.flip(0), ClipResize.Stretch), 1e-4, 1e-5));
    }

    [Fact]
    public void Load_SomethingElse_IsRefused()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        Safetensors.Write(folder["a"], new Dictionary<string, Tensor> { ["x"] = rand(2, 2) });
        Assert.Contains("bare state dictionary", Assert.Throws<CheckpointException>(() => PuppetI3dNetwork.Load(folder["a"])).Message);
    }

    [Fact]
    public void Settings_WithFaults_ListThemAll()
    {
        Assert.Equal(4, Assert.Throws<SettingsException>(() => (Small with { People = 1, Spoilt = 2, VideoFrames = 2, Strides = [2], Frames = 2 }).Validate()).Faults.Count);
        Assert.Throws<SettingsException>(() => new PuppetI3dSettings { Channels = [] }.Validate());
    }

    private static RecordedProgress Run(string path, int steps)
    {
        var settings = Small with { Training = Small.Training with { Steps = steps, ValidateEvery = steps } };
        using var task = new ExtractorTask(settings);
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
}
