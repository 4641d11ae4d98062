using Leo.Lab.Training;

namespace Leo.Lab.Tests.Training;

public class RunFolderTests
{
    private static readonly RunSettings Settings = new() { Kind = "toy", Training = new TrainingSettings(), Model = new System.Text.Json.Nodes.JsonObject() };

    [Fact]
    public void Create_FolderInUse_IsRefused()
    {
        using var folder = new TempFolder();
        using (RunFolder.Create(folder["run"]))
        {
            var error = Assert.Throws<TrainingException>(() => RunFolder.CreateOrResume(folder["run"]));
            Assert.Contains("another run writes to it: process ", error.Message);
        }
        RunFolder.CreateOrResume(folder["run"]).Dispose();
    }

    [Fact]
    public void Create_FolderWithARun_IsRefusedAndResumeTakesIt()
    {
        using var folder = new TempFolder();
        using (var run = RunFolder.Create(folder["run"]))
        {
            run.Begin(Settings);
        }
        Assert.Contains("holds a run already", Assert.Throws<TrainingException>(() => RunFolder.Create(folder["run"])).Message);
        RunFolder.Resume(folder["run"]).Dispose();
    }

    [Fact]
    public void Resume_EmptyFolder_IsRefusedAndNothingMade()
    {
        using var folder = new TempFolder();
        Assert.Contains("found none", Assert.Throws<TrainingException>(() => RunFolder.Resume(folder["run"])).Message);
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public void Begin_OtherKind_IsRefusedAndSettingsStay()
    {
        using var folder = new TempFolder();
        using var run = RunFolder.Create(folder["run"]);
        run.Begin(Settings);
        string before = File.ReadAllText(run.SettingsPath);
        var error = Assert.Throws<SettingsException>(() => run.Begin(Settings with { Kind = "motion" }));
        Assert.Equal(["Kind must be 'toy', found 'motion'"], error.Faults);
        Assert.Equal(before, File.ReadAllText(run.SettingsPath));
    }

    [Fact]
    public void Begin_TemporariesOfAKilledProcess_AreSwept()
    {
        using var folder = new TempFolder();
        using var run = RunFolder.Create(folder["run"]);
        Directory.CreateDirectory(run.Checkpoints.Path);
        string left = Path.Combine(run.Checkpoints.Path, ".step-00000010.safetensors.123.tmp");
        File.WriteAllText(left, "half");
        run.Begin(Settings);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void Rewind_CutLineLaterStepsAndDamage_AreDropped()
    {
        using var folder = new TempFolder();
        using var run = RunFolder.Create(folder["run"]);
        foreach (int step in (int[])[10, 20, 30])
        {
            run.Append(new TrainingMetrics { Step = step, Seconds = step, LearningRate = 1, Skipped = 0, Scalars = new Dictionary<string, double> { ["Loss.X"] = 0.5 } });
        }
        File.AppendAllText(run.MetricsPath, """{"step":40,"sec""");
        Assert.Equal([10, 20, 30], RunFolder.ReadMetrics(run.Path).Select(m => m.Step));
        File.AppendAllText(run.MetricsPath, "\n\0\0\0\0\n{\"step\":5}\n");
        Assert.Equal(3, run.Rewind(20)); // the one cut short has its end now
        var kept = RunFolder.ReadMetrics(run.Path);
        Assert.Equal([10, 20], kept.Select(m => m.Step));
        Assert.Equal(0.5, kept[0].Scalars["Loss.X"]);
        Assert.Equal(2, File.ReadAllLines(run.MetricsPath).Length);
    }
}
