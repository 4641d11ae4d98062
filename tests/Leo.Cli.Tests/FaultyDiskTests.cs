using Leo.Lab.Training;
using Leo.Reliability;

namespace Leo.Cli.Tests;

/// <summary>The real program on a disk that fails; what the C library is asked for is watched and spoilt from outside.</summary>
public sealed class FaultyDiskTests(FaultyDiskTests.Trial fixture) : IClassFixture<FaultyDiskTests.Trial>
{
    public sealed class Trial : IDisposable
    {
        internal TrainingTrial Training { get; } = new("clmdm", seed: 3);

        public void Dispose() => Training.Dispose();
    }

    private TrainingTrial Training => fixture.Training;

    [Fact]
    public void Checkpoint_IsOnTheDiskBeforeItsNameIs_AndOldOnesGoLast()
    {
        string log = Training.At("operations");
        var (code, _, error) = Training.Train("watched", FaultyDisk.Watched(Training.Folder, log));
        Assert.True(code == ExitCode.Success, error);
        Assert.Equal(Training.Undisturbed, Training.Result("watched"));

        string folder = Training.At("watched/checkpoints");
        string[] operations = File.ReadAllLines(log);
        int renames = 0;
        foreach (int at in Enumerable.Range(0, operations.Length).Where(i => operations[i].StartsWith($"rename {folder}/step-", StringComparison.Ordinal)))
        {
            renames++;
            string name = Path.GetFileName(operations[at]);
            int sync = Array.FindLastIndex(operations, at, o => o.StartsWith($"sync {folder}/.{name}", StringComparison.Ordinal));
            int lastWrite = Array.FindLastIndex(operations, at, o => o.StartsWith($"write {folder}/.{name}", StringComparison.Ordinal));
            int metrics = Array.FindLastIndex(operations, at, o => o == $"sync {Training.At("watched/metrics.jsonl")}");
            Assert.True(lastWrite >= 0 && lastWrite < sync, $"{name} was renamed before it was synced");
            Assert.True(metrics >= 0 && !operations[metrics..at].Any(o => o == $"write {Training.At("watched/metrics.jsonl")}"), "metrics that nobody will make again were not synced");
            Assert.Equal($"syncdir {folder}", operations[at + 1]);
        }
        Assert.Equal(TrainingTrial.Steps / TrainingTrial.CheckpointEvery, renames);
        foreach (int at in Enumerable.Range(0, operations.Length).Where(i => operations[i].StartsWith($"unlink {folder}/step-", StringComparison.Ordinal)))
            Assert.StartsWith($"syncdir {folder}", operations[at - 1], StringComparison.Ordinal);
        Assert.Contains(operations, o => o.StartsWith($"unlink {folder}/step-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void PowerCut_AtAnyFileOperation_LosesNothing(int seed, bool zeros)
    {
        var random = new Random(seed);
        string run = $"cut-{seed}";
        // A whole run makes some 200 operations.
        var (code, _, error) = Training.Train(run, FaultyDisk.PowerCut(Training.Folder, random.Next(40, 180), zeros));
        Assert.True(code == LeoProcess.Killed, error);
        Training.Complete(run);
        Assert.Equal(Training.Undisturbed, Training.Result(run));
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(150_000)]
    public void DiskFull_IsSaidInOneLine_AndTheRunGoesOnWhenThereIsRoom(long room)
    {
        string run = $"full-{room}";
        var (code, _, error) = Training.Train(run, FaultyDisk.Full(Training.Folder, room));
        Assert.Equal(ExitCode.Failure, code);
        string line = Assert.Single(Commandline.Lines(error), l => l.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Contains("the disk is full. Free some space and run again; earlier files are intact.", line, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Training.At(run), "*.tmp", SearchOption.AllDirectories));
        Training.Complete(run);
        Assert.Equal(Training.Undisturbed, Training.Result(run));
    }

    [Fact]
    public void ReadOnlyFolder_IsSaidInOneLine_AndNothingIsTouched()
    {
        Training.Disturb("readonly", LeoProcess.Interrupt, atStep: 4, TimeSpan.Zero);
        var before = Contents();
        foreach (string run in new[] { "readonly", "new" })
        {
            var (code, _, error) = Training.Train(run, FaultyDisk.ReadOnly(Training.Folder));
            Assert.Equal(ExitCode.Failure, code);
            string line = Assert.Single(Commandline.Lines(error), l => l.StartsWith("error: ", StringComparison.Ordinal));
            Assert.Contains("cannot be written", line, StringComparison.Ordinal);
            Assert.Contains("Read-only file system", line, StringComparison.Ordinal);
        }
        Assert.Equal(before, Contents());
        Assert.False(Directory.Exists(Training.At("new")));

        Dictionary<string, string> Contents() => Directory.EnumerateFiles(Training.At("readonly"), "*", SearchOption.AllDirectories)
            .ToDictionary(f => f, f => Convert.ToHexString(File.ReadAllBytes(f)));
    }

    [Theory]
    [InlineData(LeoProcess.Interrupt, 11)]
    [InlineData(LeoProcess.Terminate, 12)]
    public void Signal_AtAnyStep_SavesAndTheRunGoesOn(int signal, int seed)
    {
        var random = new Random(seed);
        string run = $"signal-{signal}";
        var (code, _, error) = Training.Disturb(run, signal, random.Next(1, TrainingTrial.Steps / 2), TimeSpan.FromMilliseconds(random.Next(10)));
        Assert.True(code == ExitCode.Interrupted, error);
        Training.Complete(run);
        Assert.Equal(Training.Undisturbed, Training.Result(run));
    }

    [Fact]
    public void NewestCheckpointDamaged_IsNamedAndTheOneBeforeIsTaken()
    {
        var random = new Random(21);
        const string run = "damaged";
        var (code, _, error) = Training.Disturb(run, LeoProcess.Kill, random.Next(2 * TrainingTrial.CheckpointEvery + 1, TrainingTrial.Steps - 3), TimeSpan.Zero);
        Assert.True(code == LeoProcess.Killed, error);
        string newest = Training.Newest(run);
        string done = TrainingTrial.Damage(newest, random);
        string said = Training.Complete(run);
        Assert.True(said.Contains($"left out a broken checkpoint: {newest}", StringComparison.Ordinal), $"{done}\n{said}");
        Assert.Contains("ended without closing the run", said, StringComparison.Ordinal);
        Assert.Equal(Training.Undisturbed, Training.Result(run));
    }

    [Fact]
    public void Features_PowerCutAndRunAgain_GoOnAndGiveTheSameBytes()
    {
        using var trial = new FeaturesTrial();
        var (code, _, error) = trial.Look("cut", FaultyDisk.PowerCut(trial.Folder, 25, zeros: true));
        Assert.True(code == LeoProcess.Killed, error);
        Assert.False(File.Exists(trial.At("cut")));
        (code, _, error) = trial.Look("cut");
        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("videos had been looked at before", error, StringComparison.Ordinal);
        Assert.Equal(trial.Undisturbed, File.ReadAllBytes(trial.At("cut")));
        Assert.False(Directory.Exists(trial.At("cut.parts")));
    }

    [Fact]
    public void SecondRunInOneFolder_IsToldWhoHoldsIt_AndTakesOverFromTheDead()
    {
        (int Code, string Out, string Error) second = default;
        int holder = 0;
        var (code, _, error) = Training.Train("shared", meanwhile: child =>
        {
            holder = child.Id;
            while (!child.HasExited && RunFolder.ReadMetrics(Training.At("shared")).Count == 0) Thread.Sleep(2);
            LeoProcess.Signal(child, 19); // SIGSTOP: it holds the folder for as long as this takes
            second = Training.Train("shared");
            LeoProcess.Signal(child, LeoProcess.Kill);
        });
        Assert.True(code == LeoProcess.Killed, error);
        Assert.Equal(ExitCode.Failure, second.Code);
        Assert.Contains($"{Training.At("shared")}: another run writes to it: process {holder} (", second.Error, StringComparison.Ordinal);

        Assert.Contains($"process {holder} (", Training.Complete("shared"), StringComparison.Ordinal);
        Assert.Equal(Training.Undisturbed, Training.Result("shared"));
        Assert.False(File.Exists(Training.At("shared/run.holder")));
    }
}
