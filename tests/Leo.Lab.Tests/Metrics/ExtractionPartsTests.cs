using Leo.Lab.Checkpoints;
using Leo.Lab.Data;
using Leo.Lab.Media;
using Leo.Lab.Metrics;
using Leo.Lab.Tests.Media;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

/// <summary>Features of videos that are stopped and started again: the file is the same, and what is not the same is looked at again.</summary>
public sealed class ExtractionPartsTests(ExtractionPartsTests.Videos fixture) : IClassFixture<ExtractionPartsTests.Videos>
{
    private const int Count = 5;

    public sealed class Videos : IDisposable
    {
        internal TempFolder Folder { get; } = new();

        public Videos()
        {
            for (int i = 0; i < Count; i++)
                VideoWriter.WriteAll(Folder[$"{i}.mp4"], MediaFixture.Ramps(16 + (2 * i), 16, i == 2 ? 3 : 7));
        }

        public void Dispose() => Folder.Dispose();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Run_StoppedAtRandomAndStartedAgain_GivesTheSameBytes(int seed, bool frames)
    {
        using var folder = new TempFolder();
        Save(Run(frames, new Looker(), null), folder["whole"]);
        var random = new Random(seed);
        var parts = new ExtractionParts(folder["parts"]);
        for (int i = 0; i < 2; i++)
        {
            int stop = random.Next(1, Count);
            Assert.Throws<OperationCanceledException>(() => Run(frames, new Looker(), new ExtractionParts(folder["parts"]), done => { if (done == stop) throw new OperationCanceledException(); }));
        }
        // One part was cut by a power failure.
        string broken = Directory.GetFiles(folder["parts"]).Order(StringComparer.Ordinal).First();
        File.WriteAllBytes(broken, File.ReadAllBytes(broken)[..random.Next(60)]);
        int kept = Directory.GetFiles(folder["parts"]).Length;
        Save(Run(frames, new Looker(), parts), folder["again"]);
        Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["again"]));
        Assert.Equal(kept - 1, parts.Reused);
        Assert.Contains(broken, Assert.Single(parts.Damaged), StringComparison.Ordinal);
        parts.Clear();
        Assert.False(Directory.Exists(folder["parts"]));
    }

    [Fact]
    public void Run_OtherWeightsClipsOrVideo_LooksAgain()
    {
        using var folder = new TempFolder();
        using var videos = new TempFolder();
        for (int i = 0; i < 2; i++)
            File.Copy(fixture.Folder[$"{i}.mp4"], videos[$"{i}.mp4"]);
        Assert.Equal(0, Reused(new Looker(), 3));
        Assert.Equal(2, Reused(new Looker(), 3));
        Assert.Equal(0, Reused(new Looker { Weights = "others" }, 3));
        Assert.Equal(0, Reused(new Looker { Weights = "others" }, 4));
        File.Copy(fixture.Folder["3.mp4"], videos["1.mp4"], overwrite: true);
        File.SetLastWriteTimeUtc(videos["1.mp4"], File.GetLastWriteTimeUtc(videos["0.mp4"]));
        Assert.Equal(1, Reused(new Looker { Weights = "others" }, 4));

        int Reused(Looker looker, int length)
        {
            var parts = new ExtractionParts(folder["parts"]);
            new FeatureExtraction(looker, MetricProtocol.Digan, new ClipSampling { Frames = length, ClipsPerVideo = 2 }).Run(videos.Path, [videos["0.mp4"], videos["1.mp4"]], null, parts).Dispose();
            return parts.Reused;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Statistics_SavedAndGoneOnWithAtRandom_AreTheSameBytes(int seed)
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var random = new Random(seed);
        var batches = Enumerable.Range(0, 8).Select(i => randn([random.Next(1, 9), 6], generator: generator) * (i == 0 ? -0.0f : 3)).ToList();
        using (var whole = new FeatureStatistics(6))
        {
            batches.ForEach(b => whole.Add(b));
            whole.Save(folder["whole"]);
        }
        var statistics = new FeatureStatistics(6);
        foreach (var batch in batches)
        {
            statistics.Add(batch);
            if (random.Next(2) == 0) continue;
            statistics.Save(folder["part"]);
            statistics.Dispose();
            using var file = SafetensorsFile.Open(folder["part"]);
            statistics = FeatureStatistics.Load(file);
        }
        statistics.Save(folder["again"]);
        statistics.Dispose();
        Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["again"]));
    }

    private VideoFeatures Run(bool frames, Looker looker, ExtractionParts? parts, Action<int>? progress = null)
    {
        var sampling = new ClipSampling { Frames = 4, ClipsPerVideo = 2, Seed = 3 };
        IFeatureExtraction extraction = frames ? new FrameFeatureExtraction(looker, sampling) : new FeatureExtraction(looker, MetricProtocol.Digan, sampling);
        return extraction.Run(fixture.Folder.Path, [.. Enumerable.Range(0, Count).Select(i => fixture.Folder[$"{i}.mp4"])], progress, parts);
    }

    private static void Save(VideoFeatures features, string path)
    {
        using (features) features.Save(path);
    }

    /// <summary>Sees means and spreads of pixels; nobody in every third frame.</summary>
    private sealed class Looker : IVideoExtractor, IFrameExtractor
    {
        private int _frame;

        public void MoveTo(Device device)
        {
        }

        public string Name => "looker";

        public string Weights { get; init; } = "none";

        public int LeastFrames => 1;

        public Tensor Features(Tensor frames, ClipResize resize)
        {
            using var scope = NewDisposeScope();
            var x = frames.to(ScalarType.Float32);
            return stack([x.mean(), x.std()], 0).unsqueeze(0).MoveToOuterDisposeScope();
        }

        public IReadOnlyList<Tensor?> Features(Tensor frames)
        {
            _frame = 0;
            return [.. frames.to(ScalarType.Float32).unbind(0).Select(f => ++_frame % 3 == 0 ? null : stack([f.mean(), f.std()], 0))];
        }

        public void Dispose()
        {
        }
    }
}
