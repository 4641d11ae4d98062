using Leo.Lab.Animator;
using Leo.Lab.Media;
using Leo.Lab.Tests.Training;
using Leo.Lab.Training;

namespace Leo.Lab.Tests.Animator;

/// <summary>The animator in the training loop: files on the disk and resumption.</summary>
public class AnimatorRunTests
{
    private static readonly AnimatorTrainingSettings Settings = new()
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
            Assert.Equal(value.data<float>().ToArray(), b.state_dict()[name].data<float>().ToArray());
        Assert.Equal(RunFolder.ReadMetrics(folder["whole"])[^1].Scalars, RunFolder.ReadMetrics(folder["parts"])[^1].Scalars);
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

    private static TrainingResult Run(string path, int steps)
    {
        using var task = new AnimatorTask(Settings, new MovingSquare(seed: 3), MovingSquare.HeldOut());
        using var run = RunFolder.CreateOrResume(path);
        return new TrainingLoop(task, Settings.Training with { Steps = steps }, run, new RecordedProgress()).Run();
    }
}
