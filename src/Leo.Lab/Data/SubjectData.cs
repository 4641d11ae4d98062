using Leo.Lab.Data.Puppets;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>Videos of one kind: those to train and fit on, and those held out, with the truth where it is known.</summary>
public sealed class SubjectData : IDisposable
{
    // Read when asked for: a training needs no truth, and a thousand sidecars take seconds.
    private readonly Lazy<PuppetTruth?[]> _trainTruth, _testTruth;

    private SubjectData(string name, ClipStore train, ClipStore test)
    {
        Name = name;
        Train = train;
        Test = test;
        _trainTruth = new(() => Truth(train));
        _testTruth = new(() => Truth(test));
    }

    /// <summary><c>faces</c>, <c>bodies</c> or <c>videos</c>.</summary>
    public string Name { get; }

    /// <summary>Videos to train and fit on.</summary>
    public ClipStore Train { get; }

    /// <summary>Held-out videos.</summary>
    public ClipStore Test { get; }

    /// <summary>Truth of each train video, null where there is none.</summary>
    public IReadOnlyList<PuppetTruth?> TrainTruth => _trainTruth.Value;

    /// <summary>Truth of each held-out video, null where there is none.</summary>
    public IReadOnlyList<PuppetTruth?> TestTruth => _testTruth.Value;

    /// <summary>Whether the true pose of all videos is known.</summary>
    public bool HasTruth => TrainTruth.Concat(TestTruth).All(t => t is not null) && TrainTruth.Count > 0;

    /// <summary>Opens a folder of videos.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="folder">Videos; see <see cref="VideoFolder"/> for how they are split.</param>
    /// <param name="size">Side in pixels.</param>
    /// <param name="cacheFolder">Where decoded clips are kept.</param>
    /// <param name="log">Told what is decoded, and which videos are damaged and left out. <value>Default null.</value></param>
    /// <param name="keepDamaged">Takes damaged videos as the decoder gives them. <value>Default false.</value></param>
    /// <exception cref="LeoException">No video to train on, or none held out.</exception>
    public static SubjectData Open(string name, string folder, int size, string cacheFolder, Action<string>? log = null, bool keepDamaged = false)
    {
        var videos = VideoFolder.Open(folder);
        if (videos.Train.Count == 0 || videos.Test.Count == 0)
            throw new LeoException(folder, $"{videos.Train.Count} videos to train on and {videos.Test.Count} held out", "Put at least two videos there");
        var train = ClipStore.Open(videos.Train, size, cacheFolder, log, keepDamaged: keepDamaged);
        try
        {
            return new SubjectData(name, train, ClipStore.Open(videos.Test, size, cacheFolder, log, keepDamaged: keepDamaged));
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    /// <summary>Number of the person in a held-out video; without truth every video counts as another person.</summary>
    public int PersonOf(int testVideo) => TestTruth[testVideo]?.Identity ?? testVideo;

    /// <summary>All frames of a held-out video, every <paramref name="stride"/>-th, [T, 3, S, S].</summary>
    public Tensor TestFrames(int video, int stride = 1) =>
        Test.Clip(video, 0, (Test.FrameCount(video) + stride - 1) / stride, stride);

    /// <summary>The first held-out video of each person, in order.</summary>
    public IReadOnlyList<int> FirstVideos() =>
        [.. Enumerable.Range(0, Test.Count).GroupBy(PersonOf).Select(g => g.First())];

    /// <summary>Closes the stores.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }

    private static PuppetTruth?[] Truth(ClipStore store) =>
        [.. Enumerable.Range(0, store.Count).Select(i => PuppetTruth.ForVideo(store.Path(i)))];
}
