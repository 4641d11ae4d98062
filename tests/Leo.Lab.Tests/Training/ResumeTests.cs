using System.Text.Json.Nodes;
using Leo.Lab.Checkpoints;
using Leo.Lab.Motion;
using Leo.Lab.Tests.Motion;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

/// <summary>Property: however a run is disturbed, and however often, it ends as the run that was left alone. Disturbances are drawn from a seed.</summary>
public sealed class ResumeTests : IClassFixture<ResumeTests.Trainings>
{
    private const int Steps = 10;

    private readonly SmallTrainings _trainings;

    public ResumeTests(Trainings trainings) => _trainings = trainings.All;

    public static TheoryData<string> Models => [.. SmallTrainings.Names];

    public sealed class Trainings : IDisposable
    {
        internal SmallTrainings All { get; } = new();

        public void Dispose() => All.Dispose();
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Run_DisturbedAtRandom_EndsAsOneLeftAlone(string model)
    {
        using var folder = new TempFolder();
        Train(model, folder["whole"], new Disturbance());
        string expected = Result(folder["whole"]);
        var random = new Random((int)(Seeds.Derive(1, model) & int.MaxValue));
        var done = new List<string>();
        foreach (int third in new[] { 1, 4, 7 })
        {
            var disturbance = Disturbance.Draw(random, third + random.Next(2));
            Train(model, folder["parts"], disturbance);
            Assert.True(disturbance.Happened, $"{disturbance}");
            done.Add($"{disturbance}");
            if (random.Next(2) == 0 && Checkpoints(folder["parts"]) is { Count: > 1 } files)
            {
                done.Add(Damage(files[0], random));
            }
        }
        Train(model, folder["parts"], new Disturbance());
        string found = Result(folder["parts"]);
        if (expected != found)
        {
            Assert.Fail($"{string.Join("; ", done)}\n{Difference(expected, found)}");
        }
    }

    // Names and times that a file system may give back in any way after a crash, or a clock that was set back.
    [Fact]
    public void Run_FileTimesAndClockThatGoBack_ChangeNothing()
    {
        using var folder = new TempFolder();
        Train("toy", folder["whole"], new Disturbance());
        Train("toy", folder["parts"], new Disturbance { CancelAt = 7 }, new BackwardClock());
        var files = Checkpoints(folder["parts"]);
        Assert.Equal(2, files.Count);
        for (int i = 0; i < files.Count; i++)
        {
            File.SetLastWriteTimeUtc(files[i], new DateTime(2001 + i, 1, 1, 0, 0, 0, DateTimeKind.Utc)); // the newest is the oldest
        }
        Train("toy", folder["parts"], new Disturbance(), new BackwardClock());
        Assert.Equal(Result(folder["whole"]), Result(folder["parts"]));
    }

    [Fact]
    public void Resume_OnOtherData_GoesOnAndSaysSo()
    {
        using var folder = new TempFolder();
        var settings = SmallTrainings.Settings(4);
        foreach (var (codes, steps, told) in new[] { (ToyCodes.Make(), 2, false), (ToyCodes.Make(), 3, false), (ToyCodes.Make(seed: 1), 4, true) })
        {
            using var task = new MotionTask(new MotionRecipe { Motion = MotionModelTests.Narrow, Training = settings }, codes);
            var progress = new RecordedProgress();
            using var run = RunFolder.CreateOrResume(folder["run"]);
            var result = new TrainingLoop(task, settings with { Steps = steps }, run, progress).Run();
            Assert.Equal(steps, result.Step);
            Assert.Equal(told, progress.Notes.Any(n => n.StartsWith("other data than before: codes of 12 videos, 480 frames, ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Verify_AnyBitFlipped_IsRefused()
    {
        using var folder = new TempFolder();
        Train("toy", folder["run"], new Disturbance { CancelAt = 3 });
        string newest = Checkpoints(folder["run"])[0];
        byte[] whole = File.ReadAllBytes(newest);
        // Without the name of its checksum a header is an older one, which has none; all else is as it was written.
        int name = System.Text.Encoding.Latin1.GetString(whole).IndexOf($"\"{Safetensors.HeaderChecksumKey}\"", StringComparison.Ordinal);
        var random = new Random(7);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = [.. whole];
            int at;
            do at = i < 150 ? random.Next(2000) : random.Next(bytes.Length);
            while (at > name && at <= name + Safetensors.HeaderChecksumKey.Length);
            bytes[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(newest, bytes);
            Assert.True(IsRefused(newest), $"byte {at} of {bytes.Length}");
        }
    }

    [Fact]
    public void Publish_FileThatDoesNotReadBack_DeletesNothing()
    {
        using var folder = new TempFolder();
        Train("toy", folder["run"], new Disturbance { CancelAt = 5 });
        var checkpoints = new CheckpointFolder(folder["run/checkpoints"]);
        string[] before = Directory.GetFiles(checkpoints.Path);
        string bad = checkpoints.FileOf(6);
        byte[] bytes = File.ReadAllBytes(checkpoints.NewestFirst()[0]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(bad, bytes);
        Assert.Throws<CheckpointException>(() => checkpoints.Publish(bad, keep: 1));
        Assert.All(before, file => Assert.True(File.Exists(file)));
        Assert.Equal("step-00000005.safetensors\n", File.ReadAllText(folder["run/checkpoints/latest"]));
    }

    private void Train(string model, string path, Disturbance disturbance, TimeProvider? clock = null)
    {
        var settings = SmallTrainings.Settings(Steps);
        var (task, made) = _trainings.Make(model, settings);
        using (made)
        using (task)
        using (var run = RunFolder.CreateOrResume(path))
        {
            try
            {
                new TrainingLoop(task, settings, run, disturbance, clock).Run(disturbance.Cancelled);
            }
            catch (Disturbance.Crash)
            {
                // The process is gone: what follows starts from the files.
            }
        }
    }

    private static IReadOnlyList<string> Checkpoints(string run) => new CheckpointFolder(Path.Combine(run, "checkpoints")).NewestFirst();

    private static string Damage(string file, Random random)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int at = random.Next(bytes.Length);
        switch (random.Next(3))
        {
            case 0:
                File.WriteAllBytes(file, bytes[..at]);
                return $"cut at byte {at} of {bytes.Length}";
            case 1:
                byte first = bytes[at];
                bytes.AsSpan(at).Clear();
                bytes[at] = (byte)(first ^ 1); // zeros over zeros are no damage
                File.WriteAllBytes(file, bytes);
                return $"zeros from byte {at} of {bytes.Length}";
            default:
                bytes[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bytes);
                return $"a bit of byte {at} of {bytes.Length} flipped";
        }
    }

    private static bool IsRefused(string file)
    {
        try
        {
            using var checkpoint = Checkpoint.Open(file);
            checkpoint.File.Verify();
            return false;
        }
        catch (CheckpointException)
        {
            return true;
        }
    }

    // All but the times, and libtorch's own generator, which other tests may draw from at the same time.
    private static string Result(string run)
    {
        using var scope = NewDisposeScope();
        using var checkpoint = Checkpoint.Open(run);
        checkpoint.File.Verify();
        var tensors = checkpoint.File.Names.Where(n => n != "rng.ambient").Order(StringComparer.Ordinal).Select(n => $"{n} {Convert.ToHexString(checkpoint.File.Read(n).bytes)}");
        var loop = JsonNode.Parse(checkpoint.File.Metadata["loop"])!.AsObject();
        loop.Remove("seconds");
        var lines = RunFolder.ReadMetrics(run).Select(m => $"line {m.Step} {m.LearningRate:R} {m.Skipped} {string.Join(' ', m.Scalars.Select(s => $"{s.Key}={s.Value:R}"))}");
        return string.Join('\n', [$"step {checkpoint.Step}", loop.ToJsonString(), .. tensors, .. lines]);
    }

    private static string Difference(string expected, string found)
    {
        string[] a = expected.Split('\n'), b = found.Split('\n');
        int at = Enumerable.Range(0, Math.Max(a.Length, b.Length)).First(i => a.ElementAtOrDefault(i) != b.ElementAtOrDefault(i));
        return $"expected {Short(a.ElementAtOrDefault(at))}\nfound    {Short(b.ElementAtOrDefault(at))}";

        static string Short(string? line) => line is null ? "nothing" : line[..Math.Min(300, line.Length)];
    }

    /// <summary>What nobody's clock does: each time is earlier than the one before.</summary>
    private sealed class BackwardClock : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks -= TimeSpan.TicksPerMinute;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());
    }
}
