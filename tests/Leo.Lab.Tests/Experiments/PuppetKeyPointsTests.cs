using Leo.Lab.Data.Puppets;
using Leo.Lab.Experiments;
using Leo.Lab.Media;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.KeyPoints;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

public sealed class PuppetKeyPointsTests : IClassFixture<PuppetKeyPointsTests.Videos>
{
    public sealed class Videos : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Videos()
        {
            foreach (var kind in (PuppetKind[])[PuppetKind.Faces, PuppetKind.Bodies])
                PuppetStudio.Write(_folder[kind.ToString()], new PuppetOptions { Kind = kind, TrainIdentities = 1, TestIdentities = 0, VideosPerIdentity = 1, Frames = 3, Size = 64 });
        }

        public string Of(PuppetKind kind) => _folder[$"{kind}/train/000_0.mp4"];

        public string this[string name] => _folder[name];

        public void Dispose() => _folder.Dispose();
    }

    private readonly Videos _videos;

    public PuppetKeyPointsTests(Videos videos) => _videos = videos;

    // What is read from the real frames themselves is the truth but for the video's own loss; nothing is missing.
    [Theory]
    [InlineData(PuppetKind.Faces)]
    [InlineData(PuppetKind.Bodies)]
    public void Akd_OfARealVideoToItself_IsNearlyZero_AndNothingIsMissing(PuppetKind kind)
    {
        var score = Score(kind, frames => frames);
        Assert.InRange(score.Akd, 0, 0.1);
        Assert.Equal(0, score.Mkr);
        Assert.Equal(1, score.Frames);
    }

    [Fact]
    public void Akd_OfTheTruthToItself_IsZero()
    {
        using var scope = NewDisposeScope();
        using var finder = new PuppetKeyPoints();
        var of = new VideoFrames(_videos.Of(PuppetKind.Faces), [0, 1, 2]);
        var meter = new KeyPointMeter();
        foreach (var points in finder.OfReal(zeros(3, 3, 64, 64), of))
            meter.Add(points, points);
        Assert.Equal((0, 0, 3), (meter.Score("truth").Akd, meter.Score("truth").Mkr, meter.Score("truth").Frames));
    }

    // Two pixels to the right; what comes in from the left is the border's own colour.
    [Fact]
    public void Akd_OfAShiftedVideo_IsTheShift()
    {
        var score = Score(PuppetKind.Faces, frames => cat([frames.narrow(3, 0, 1).expand(-1, -1, -1, 2), frames.narrow(3, 0, 62)], 3));
        Assert.Equal(1, score.Akd, 0.15);         // two of x, none of y
        Assert.Equal(2, score.AkdStraight, 0.2);
    }

    [Fact]
    public void Mkr_OfGreyFrames_IsHigh()
    {
        var score = Score(PuppetKind.Faces, frames => full_like(frames, 128));
        Assert.InRange(score.Mkr, 0.5, 1);
    }

    [Fact]
    public void Compare_TwoFolders_PairsVideosByName_AndRefusesOthers()
    {
        string real = Path.GetDirectoryName(_videos.Of(PuppetKind.Faces))!;
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["same"]);
        File.Copy(_videos.Of(PuppetKind.Faces), folder["same/000_0.mp4"]);
        var pair = Assert.Single(FrameComparison.Pair(real, folder["same"]));
        using var finder = KeyPointFinders.Open("puppets", "cpu");
        using var palette = FrameExtractors.Open("palette", "cpu");
        var comparison = new FrameComparison(null, palette);
        comparison.Add(pair.Real, pair.Generated);
        Assert.Null(comparison.KeyPoints);
        Assert.Equal((0.0, 3L), (comparison.Identity!.Aed, comparison.Identity.Frames));

        VideoWriter.WriteAll(folder["other/001_0.mp4"], new Video(1, 64, 64, 25, new byte[3 * 64 * 64]));
        Assert.Contains("expected one video of this name", Assert.Throws<MetricException>(() => FrameComparison.Pair(real, folder["other"])).Message);
        Assert.Contains("expected as many frames", Assert.Throws<MetricException>(() => comparison.Add(pair.Real, folder["other/001_0.mp4"])).Message);
        Assert.Contains("is no puppet's video", Assert.Throws<MetricException>(() => new FrameComparison(finder, null).Add(folder["same/000_0.mp4"], folder["same/000_0.mp4"])).Message);
    }

    [Fact]
    public void Open_WordsThatMeanNothing_AreRefused()
    {
        Assert.Contains("expected one of face:FOLDER, face-ssd:FOLDER, onnx:FILE, puppets", Assert.Throws<MetricException>(() => KeyPointFinders.Open("puppets:x", "cpu")).Message);
        Assert.Contains("expected one of", Assert.Throws<MetricException>(() => KeyPointFinders.Open("face", "cpu")).Message);
    }

    private KeyPointScore Score(PuppetKind kind, Func<Tensor, Tensor> spoil)
    {
        using var scope = NewDisposeScope();
        var frames = Frames(_videos.Of(kind)).narrow(0, 2, 1);
        using var finder = new PuppetKeyPoints();
        var comparison = new FrameComparison(finder, null);
        comparison.Add(frames, spoil(frames), new VideoFrames(_videos.Of(kind), [2]));
        return comparison.KeyPoints!;
    }

    private static Tensor Frames(string path)
    {
        var video = VideoReader.Read(path);
        return tensor(video.Rgb).reshape(3, 64, 64, 3).permute(0, 3, 1, 2).to(float32);
    }
}
