using Leo.Lab.Media;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class ClipTests
{
    // A ramp along the width: bilinear interpolation between pixel centres keeps it, (x + ½)·w/size − ½, away from the border.
    [Fact]
    public void Prepare_TheWaysToResize_ScaleOneSideOrBoth()
    {
        using var scope = NewDisposeScope();
        var ramp = arange(40, dtype: float32).expand(2, 3, 20, 40);
        var stretched = ClipPreparation.Run(ramp, ClipResize.Stretch, 10);
        Assert.Equal([1L, 3, 2, 10, 10], stretched.shape);
        Assert.Equal(((3 + 0.5) * 4 - 0.5) * 2 / 255 - 1, stretched[0, 0, 0, 5, 3].item<float>(), 1e-6);
        var cut = ClipPreparation.Run(ramp, ClipResize.ShortSideAndCrop, 10);
        Assert.Equal([1L, 3, 2, 10, 10], cut.shape);
        Assert.Equal(((5 + 3 + 0.5) * 2 - 0.5) * 2 / 255 - 1, cut[0, 0, 0, 5, 3].item<float>(), 1e-6);
    }

    [Fact]
    public void Prepare_ATallClip_LosesTopAndBottom_AndTheRangeIsMinusOneToOne()
    {
        using var scope = NewDisposeScope();
        var tall = zeros(1, 3, 31, 10); // 31·10/10 = 31 rows, of which rows 10 to 19 stay
        tall.narrow(2, 10, 10).fill_(255);
        var cut = ClipPreparation.Run(tall, ClipResize.ShortSideAndCrop, 10);
        Assert.Equal(1f, cut.min().item<float>());
        Assert.Equal(-1f, ClipPreparation.Run(zeros(1, 3, 5, 5), ClipResize.Stretch, 4).max().item<float>());
    }

    [Fact]
    public void Starts_AreReproducibleByVideo_DistinctAndInside()
    {
        var sampling = new ClipSampling { Frames = 4, Stride = 3, ClipsPerVideo = 3, Seed = 5 };
        Assert.Equal(10, sampling.Span);
        var starts = sampling.Starts("a.mp4", 30);
        Assert.Equal(starts, sampling.Starts("a.mp4", 30));
        Assert.Equal(3, starts.Distinct().Count());
        Assert.All(starts, s => Assert.InRange(s, 0, 20));
        var other = sampling with { Seed = 6 };
        Assert.NotEqual(Enumerable.Range(0, 8).SelectMany(i => sampling.Starts($"{i}", 30)), Enumerable.Range(0, 8).SelectMany(i => other.Starts($"{i}", 30)));
        Assert.Equal([0], sampling.Starts("a.mp4", 10));
        Assert.Equal([0, 10, 20], (sampling with { RandomStart = false }).Starts("a.mp4", 30));
    }

    // Frame t of the video has the level 5t: clips that overlap, with a stride.
    [Fact]
    public void Read_OverlappingClips_HaveTheirFrames()
    {
        using var folder = new TempFolder();
        byte[] rgb = new byte[20 * 16 * 16 * 3];
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)(i / (16 * 16 * 3) * 5);
        VideoWriter.WriteAll(folder["frames/%05d.png"], new Video(20, 16, 16, 25, rgb));

        Assert.Equal(20, ClipReader.Length(folder["frames"]));
        var clips = ClipReader.Read(folder["frames"], [2, 5, 6], new ClipSampling { Frames = 3, Stride = 4 }).ToList();
        Assert.Equal(["10 30 50", "25 45 65", "30 50 70"], clips.Select(c => string.Join(' ', Enumerable.Range(0, 3).Select(t => c[t, 1, 3, 3].item<byte>()))));
        clips.ForEach(c => c.Dispose());
    }

    [Fact]
    public void Run_FramesThatTheExtractorCannotTake_AreRefused()
    {
        using var extractor = new MeanExtractor();
        Assert.Contains("needs clips of 2 frames", Assert.Throws<MetricException>(() => new FeatureExtraction(extractor, MetricProtocol.Digan, new ClipSampling { Frames = 1 }).Run("x", [])).Message);
    }

    [Fact]
    public void Run_AFolder_GivesARowForEachClip_AndCountsShortVideos()
    {
        using var folder = new TempFolder();
        foreach (var (name, frames) in ((string, int)[])[("a", 6), ("b", 2), ("c", 8)])
            VideoWriter.WriteAll(folder[$"{name}/%05d.png"], new Video(frames, 16, 16, 25, [.. Enumerable.Repeat((byte)(frames * 10), frames * 16 * 16 * 3)]));
        using var extractor = new MeanExtractor();
        using var features = new FeatureExtraction(extractor, MetricProtocol.Digan, new ClipSampling { Frames = 4, ClipsPerVideo = 2 }).Run(folder.Path, [folder["a"], folder["b"], folder["c"]]);

        Assert.Equal([0L, 0, 2, 2], features.Videos);
        Assert.Equal(1, features.TooShort);
        Assert.Equal([60f, 60, 80, 80], features.Features.flatten().ToArray<float>());
        Assert.Equal(("mean", "digan", "4 frames, stride 1"), (features.Metadata["extractor"], features.Metadata["protocol"], features.Metadata["clip"]));
        Assert.Contains("none of its 1 videos", Assert.Throws<MetricException>(() => new FeatureExtraction(extractor, MetricProtocol.Digan, new ClipSampling { Frames = 4 }).Run(folder.Path, [folder["b"]])).Message);
    }

    /// <summary>Sees only how bright a clip is.</summary>
    private sealed class MeanExtractor : IVideoExtractor
    {
        public void MoveTo(Device device)
        {
        }

        public string Name => "mean";

        public string Weights => "none";

        public int LeastFrames => 2;

        public Tensor Features(Tensor frames, ClipResize resize) => frames.to(float32).mean().reshape(1, 1);

        public void Dispose()
        {
        }
    }
}
