using Leo.Lab.Experiments;
using Leo.Lab.Media;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

public sealed class VideoQualityTests
{
    [Fact]
    public void FoldersOfVideos_AreMeasuredInOneLine()
    {
        using var folder = new TempFolder();
        for (int k = 0; k < 3; k++)
        {
            Write(folder[$"real/{k}.mp4"], k);
            Write(folder[$"fake/{k}.mp4"], k + 3);
        }
        var told = new List<(int, int)>();

        var fvd = VideoQuality.Fvd(folder["real"], folder["fake"], "videogpt", "puppet-i3d", progress: (done, all) => told.Add((done, all)));
        var same = VideoQuality.Fvd(folder["real"], folder["real"], "videogpt", "puppet-i3d");
        var kvd = VideoQuality.Kvd(folder["real"], folder["fake"], "videogpt", "puppet-i3d");
        var acd = VideoQuality.Acd(folder["fake"], "palette");

        Assert.Equal(("FVD(puppet-i3d)", "KVD(puppet-i3d)", "ACD(palette)"), (fvd.Name, kvd.Name, acd.Name));
        Assert.InRange(same.Value.Value, -1, fvd.Value.Value);
        Assert.True(double.IsFinite(kvd.Value.Value));
        Assert.True(acd.Value.Value >= 0 && acd.Value.SamplesA == 3);
        Assert.Equal([(1, 3), (2, 3), (3, 3), (1, 3), (2, 3), (3, 3)], told);
        Assert.Matches(@"^FVD\(puppet-i3d\) [\d.]+ \(videogpt; 3 real and 3 generated clips\); caution: 3 samples are far fewer than the 256 of videogpt and fewer than the \d+ features", fvd.ToString());

        // Features of the same clips, kept in files, give the same number.
        foreach (string set in new[] { "real", "fake" })
        {
            var sampling = new ClipSampling { Frames = 16, RandomStart = set == "real" };
            using var features = VideoQuality.Features(folder[set], "puppet-i3d", MetricProtocol.VideoGpt, sampling);
            features.Save(folder[$"{set}.safetensors"]);
        }
        Assert.Equal(fvd, VideoQuality.Fvd(folder["real.safetensors"], folder["fake.safetensors"], "videogpt"));
    }

    [Fact]
    public void WhatDoesNotCompare_IsRefused()
    {
        using var a = Features("puppet-i3d");
        using var b = Features("i3d");
        Assert.Contains("extractor 'i3d', not 'puppet-i3d'", Assert.Throws<MetricException>(() => VideoQuality.Fvd(a, b, MetricProtocol.Tats)).Message);
        Assert.Contains("looks at frames", Assert.Throws<MetricException>(() => VideoQuality.Fvd("a", "b", "tats", "palette")).Message);
        Assert.Contains("looks at clips", Assert.Throws<MetricException>(() => VideoQuality.Acd("a", "puppet-i3d")).Message);
        Assert.Contains("is no protocol", Assert.Throws<MetricException>(() => VideoQuality.Kvd("a", "b", "mine")).Message);
        Assert.Equal("FVD", VideoQuality.Fvd(b, b, MetricProtocol.Tats).Name);
    }

    private static VideoFeatures Features(string extractor)
    {
        using var generator = new Generator(3);
        return new VideoFeatures(randn([6, 4], generator: generator).DetachFromDisposeScope(), [0, 1, 2, 3, 4, 5]) { Metadata = new Dictionary<string, string> { [FeatureMetadata.Extractor] = extractor } };
    }

    private static void Write(string path, int seed)
    {
        var random = new Random(seed);
        byte[] still = new byte[32 * 32 * 3];
        random.NextBytes(still);
        VideoWriter.WriteAll(path, new Video(20, 32, 32, 25, [.. Enumerable.Range(0, 20).SelectMany(t => still.Select(p => (byte)((p + (t * (seed + 1))) % 256)))]));
    }
}
