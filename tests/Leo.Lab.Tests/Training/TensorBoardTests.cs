using Leo.Lab.Checkpoints;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

/// <summary>What TensorBoard shows of a run is what its <c>metrics.jsonl</c> and <c>samples/</c> hold, whatever happened to it; the training does not know.</summary>
public class TensorBoardTests
{
    private static readonly TrainingSettings Settings = new()
    {
        Steps = 24,
        BatchSize = 2,
        LearningRate = 1e-2,
        EmaRates = [0.9],
        LogEvery = 4,
        SampleEvery = 5,
        ValidateEvery = 8,
        CheckpointEvery = 5,
        CheckpointEveryMinutes = 0,
        Seed = 5,
    };

    [Fact]
    public void Run_Whole_ShowsEveryNumberOfItsLinesAndItsPictures()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings);
        AssertShown(folder["run"], [5, 10, 15, 20, 24]);
        var lines = RunFolder.ReadMetrics(folder["run"]);
        Assert.Equal([4, 8, 12, 16, 20, 24], lines.Select(m => m.Step));
        Assert.All(["seconds", "learningRate", "skipped", "loss.fit", "gradNorm.critic", "fit", "validation.norm"], tag => Assert.Contains(EventFiles.Read(folder["run/tensorboard"]), s => s.Tag == tag));
        Assert.Equal("events.out.tfevents.0000000001", Path.GetFileName(Assert.Single(EventFiles.Of(folder["run/tensorboard"]))));
    }

    [Fact]
    public void Run_NotAsked_WritesNothing()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings, tensorBoard: false);
        Assert.False(Directory.Exists(folder["run/tensorboard"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Run_DisturbedAtRandom_ShowsNoStepTwiceAndTrainsAsWithout(int seed)
    {
        using var folder = new TempFolder();
        Train(folder["whole"], Settings, tensorBoard: false);
        var random = new Random(seed);
        foreach (int part in new[] { 1, 6, 11, 16 })
        {
            var disturbance = Disturbance.Draw(random, part + random.Next(5));
            Train(folder["parts"], Settings, disturbance);
            Assert.True(disturbance.Happened, $"{disturbance}");
            TearLastRecord(folder["parts"], random);
        }
        Train(folder["parts"], Settings);
        AssertShown(folder["parts"], [5, 10, 15, 20, 24]);
        Assert.Equal(Result(folder["whole"]), Result(folder["parts"]));
        Assert.Equal(Samples(folder["whole"]), Samples(folder["parts"]));
    }

    // The part of an interval that a run told of at its end is replaced by the whole; the pictures that it made then stay.
    [Fact]
    public void Run_EndedWithinAnInterval_GoesOnWithoutThePartAndWithThePictures()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings with { Steps = 6 });
        AssertShown(folder["run"], [5, 6]);
        Train(folder["run"], Settings with { Steps = 12 });
        Assert.Equal([4, 8, 12], RunFolder.ReadMetrics(folder["run"]).Select(m => m.Step).Distinct());
        AssertShown(folder["run"], [5, 6, 10, 12]);
    }

    [Fact]
    public void Resume_BegunWithout_ShowsThePastToo()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings, new Disturbance { CrashAt = 13 }, tensorBoard: false);
        Train(folder["run"], Settings);
        AssertShown(folder["run"], [5, 10, 15, 20, 24]);
    }

    [Fact]
    public void Resume_PictureThatAPowerCutEmptied_IsLeftOut()
    {
        using var folder = new TempFolder();
        Train(folder["run"], Settings with { Steps = 10 }, tensorBoard: false);
        File.WriteAllBytes(folder["run/samples/toy-0000005.png"], new byte[90]);
        File.WriteAllText(folder["run/samples/notes-of-mine.png"], "");
        Train(folder["run"], Settings with { Steps = 10 });
        AssertShown(folder["run"], [10]);
    }

    [Fact]
    public void Run_FolderThatCannotBeWritten_IsSaidInOneLineAndNothingIsLost()
    {
        using var folder = new TempFolder();
        Train(folder["whole"], Settings, tensorBoard: false);
        string log = folder["run/tensorboard"];
        var error = Assert.Throws<FileWriteException>(() => Train(folder["run"], Settings, onStep: step =>
        {
            if (step == 13)
            {
                Directory.Delete(log, recursive: true);
                File.WriteAllText(log, "in the way");
            }
        }));
        Assert.StartsWith($"{log}/events.out.tfevents.0000000001: cannot be written (", error.Message);
        Assert.Throws<FileWriteException>(() => Train(folder["run"], Settings));
        File.Delete(log);
        Train(folder["run"], Settings);
        Assert.Equal(Result(folder["whole"]), Result(folder["run"]));
        AssertShown(folder["run"], [5, 10, 15, 20, 24]);
    }

    // Where the process that wrote it was killed, a file ends in part of a record.
    private static void TearLastRecord(string run, Random random)
    {
        string newest = EventFiles.Of(Path.Combine(run, "tensorboard"))[^1];
        byte[] bytes = File.ReadAllBytes(newest);
        using var stream = new FileStream(newest, FileMode.Append);
        int length = (int)BitConverter.ToInt64(bytes) + 16;
        stream.Write(bytes, 0, random.Next(1, length));
    }

    private static void AssertShown(string run, long[] pictures) => EventFiles.AssertShown(run, [.. pictures.Select(step => ("toy", step))]);

    private static void Train(string path, TrainingSettings settings, Disturbance? disturbance = null, bool tensorBoard = true, Action<long>? onStep = null)
    {
        using var told = disturbance ?? new Disturbance();
        using var task = new ToyTask { Draws = true, OnStep = onStep };
        using var run = RunFolder.CreateOrResume(path);
        if (tensorBoard)
        {
            run.LogToTensorBoard();
        }
        try
        {
            new TrainingLoop(task, settings, run, told).Run(told.Cancelled);
        }
        catch (Disturbance.Crash)
        {
            // The process is gone: what follows starts from the files.
        }
    }

    // All but libtorch's own generator, which other tests may draw from at the same time.
    private static string Result(string run)
    {
        using var scope = NewDisposeScope();
        using var checkpoint = Checkpoint.Open(run);
        var tensors = checkpoint.File.Names.Where(n => n != "rng.ambient").Order(StringComparer.Ordinal).Select(n => $"{n} {Convert.ToHexString(checkpoint.File.Read(n).bytes)}");
        var lines = RunFolder.ReadMetrics(run).Select(m => Json.WriteLine(m with { Seconds = 0 }));
        return string.Join('\n', [$"step {checkpoint.Step}", .. tensors, .. lines]);
    }

    private static List<string> Samples(string run) =>
        [.. Directory.GetFiles(Path.Combine(run, "samples")).Order(StringComparer.Ordinal).Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(File.ReadAllBytes(f))}")];
}
