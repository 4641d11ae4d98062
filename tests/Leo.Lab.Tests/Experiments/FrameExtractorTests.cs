using Leo.Lab.Data;
using Leo.Lab.Data.Puppets;
using Leo.Lab.Experiments;
using Leo.Lab.Media;
using Leo.Lab.Metrics;

namespace Leo.Lab.Tests.Experiments;

public class FrameExtractorTests
{
    private static readonly PuppetOptions Options = new() { Kind = PuppetKind.Faces, TrainIdentities = 3, TestIdentities = 0, VideosPerIdentity = 1, Frames = 6, Size = 32 };

    // Two real clips and one that changes from the first person to the second halfway: of its 6·5/2 pairs of frames 3·3 show two people.
    [Fact]
    public void Acd_OfPuppets_IsZeroForOnePerson_AndTheShareOfMixedPairsForTwo()
    {
        using var folder = new TempFolder();
        PuppetStudio.Write(folder.Path, Options);
        Video first = VideoReader.Read(folder["train/000_0.mp4"]), second = VideoReader.Read(folder["train/001_0.mp4"]);
        byte[] mixed = [.. first.Rgb[..(first.Rgb.Length / 2)], .. second.Rgb[(second.Rgb.Length / 2)..]];
        VideoWriter.WriteAll(folder["mixed/m.mp4"], new Video(6, 32, 32, 25, mixed));
        var sampling = new ClipSampling { Frames = 6 };

        using var extractor = FrameExtractors.Open($"puppets:{folder["train"]}");
        Assert.Equal(0, Acd(extractor, sampling, folder["train"]), 12);
        Assert.Equal(9.0 / 15, Acd(extractor, sampling, folder["mixed"]), 6);

        using var palette = FrameExtractors.Open("palette");
        Assert.True(Acd(palette, sampling, folder["mixed"]) > 2 * Acd(palette, sampling, folder["train"]));
    }

    [Fact]
    public void Open_WordsThatMeanNothing_AreRefused()
    {
        using var folder = new TempFolder();
        Assert.Contains("expected one of", Assert.Throws<MetricException>(() => FrameExtractors.Open("reid")).Message);
        Assert.Contains("expected one of", Assert.Throws<MetricException>(() => FrameExtractors.Open("iris:x")).Message);
        Assert.Contains("no such folder", Assert.Throws<DataException>(() => FrameExtractors.Open($"puppets:{folder["none"]}")).Message);
        Assert.True(FrameExtractors.Knows("puppets:x"));
        Assert.False(FrameExtractors.Knows("i3d:x"));
    }

    private static double Acd(IFrameExtractor extractor, ClipSampling sampling, string folder)
    {
        using var features = new FrameFeatureExtraction(extractor, sampling).Run(folder, VideoFolder.List(folder));
        return ContentDistance.Mean(features.Features, features.Videos).Distance;
    }
}
