using Leo.Lab.Data;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

/// <summary>Damage is seen, and what is sound is not taken for damaged.</summary>
public sealed class DamageTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private const string Noise = "-vf,noise=alls=12:allf=t,";

    [Fact]
    public void Scan_HevcWithFlippedBits_SaysDamagedAndWhere()
    {
        var scanned = DataScan.Check(Path.Combine(AppContext.BaseDirectory, "Media", "Golden", "bad_hevc.mp4"));

        Assert.Equal(ScanFault.Unreadable, scanned.Fault);
        Assert.Contains("damaged at about frame 2", scanned.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h264.mp4", "-c:v,libx264,-pix_fmt,yuv420p")]
    [InlineData("h264.mkv", "-c:v,libx264,-pix_fmt,yuv420p")]
    [InlineData("h264.ts", "-c:v,libx264,-pix_fmt,yuv420p")]
    [InlineData("mpeg4.avi", "-c:v,mpeg4,-q:v,4")]
    [InlineData("vp9.webm", "-c:v,libvpx-vp9,-b:v,500k,-cpu-used,5")]
    [InlineData("mpeg2.mpg", "-c:v,mpeg2video,-bf,2,-q:v,4")]
    [InlineData("theora.ogv", "-c:v,libtheora,-q:v,6")]
    [InlineData("flv1.flv", "-c:v,flv,-q:v,4")]
    [InlineData("ffv1.mkv", "-c:v,ffv1,-level,3,-slicecrc,1")]
    [InlineData("wmv2.wmv", "-c:v,wmv2,-q:v,4")]
    public void Scan_FlippedZeroedAndCut_SaysDamagedEachTime(string name, string codec)
    {
        byte[] whole = File.ReadAllBytes(media.TestVideo(name, 128, 96, 40, [.. Noise.Split(',', StringSplitOptions.RemoveEmptyEntries), .. codec.Split(',')]));
        for (int way = 0; way < 4; way++)
        {
            byte[] bytes = (byte[])whole.Clone();
            var random = new Random(way);
            if (way < 2)
            {
                for (int i = 0; i < 12; i++)
                    bytes[(int)(whole.Length * (0.35 + (0.3 * random.NextDouble())))] ^= (byte)(1 << random.Next(8));
            }
            else if (way == 2)
            {
                bytes.AsSpan(whole.Length / 2, Math.Min(4096, whole.Length / 12)).Clear();
            }
            else
            {
                bytes = bytes[..(whole.Length * 7 / 10)];
            }

            string path = media.At($"{way}-{name}");
            File.WriteAllBytes(path, bytes);
            var scanned = DataScan.Check(path);

            Assert.True(scanned.Fault == ScanFault.Unreadable, $"{way} {name}: {scanned}");
            Assert.StartsWith(path, scanned.Problem, StringComparison.Ordinal);
        }
    }

    // Decoders say nothing of these: a checksum in the stream or its container, or a second way of decoding tells.
    [Theory]
    [InlineData("wavefront.mp4", "-c:v,libx265,-x265-params,log-level=none:wpp=1:ctu=16")]
    [InlineData("hash.mp4", "-c:v,libx265,-x265-params,log-level=none:wpp=0:hash=1")]
    [InlineData("sums.mkv", "-c:v,libx265,-x265-params,log-level=none:wpp=0")]
    [InlineData("vp8.mkv", "-c:v,libvpx,-b:v,600k")]
    [InlineData("mjpeg.mkv", "-c:v,mjpeg,-q:v,4,-pix_fmt,yuvj420p")]
    [InlineData("vp8.webm", "-c:v,libvpx,-b:v,600k")]
    public void Scan_DamageThatTheDecoderHides_IsFoundAllTheSame(string name, string codec)
    {
        byte[] whole = File.ReadAllBytes(media.TestVideo(name, 128, 96, 20, [.. Noise.Split(',', StringSplitOptions.RemoveEmptyEntries), .. codec.Split(',')]));
        var sound = DataScan.Check(media.At(name));
        Assert.Equal((20, null), (sound.Frames, sound.Problem));
        for (int way = 0; way < 2; way++)
        {
            byte[] bytes = (byte[])whole.Clone();
            var random = new Random(way);
            for (int i = 0; i < 12; i++)
                bytes[(int)(whole.Length * (0.35 + (0.3 * random.NextDouble())))] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(media.At($"{way}-{name}"), bytes);

            Assert.Equal(ScanFault.Unreadable, DataScan.Check(media.At($"{way}-{name}")).Fault);
        }

        Assert.InRange(VideoReader.Read(media.At($"1-{name}"), new VideoReadOptions { KeepDamaged = true }).FrameCount, 1, 20);
    }

    [Fact]
    public void Scan_PictureThatNoDecoderMentions_IsMissedByItsTime()
    {
        // A frame's only unit gets a type that decoders pass over without a word.
        string path = media.TestVideo("silent.mp4", 64, 48, 20, "-c:v", "libx264", "-bf", "0", "-g", "1", "-x264-params", "sei=0:aud=0", "-pix_fmt", "yuv420p");
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf("mdat"u8) + 4;
        for (int i = 0; i < 12; i++)
            at += 4 + (bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]);
        bytes[at + 4] = (byte)(bytes[at + 4] & 0xE0 | 24);
        File.WriteAllBytes(path, bytes);

        Assert.Equal(ScanFault.Unreadable, DataScan.Check(path).Fault);
    }

    [Theory]
    [InlineData("b.mp4", "-c:v,libx264,-bf,8,-b_strategy,0,-refs,6,-pix_fmt,yuv420p")]
    [InlineData("b.avi", "-c:v,mpeg4,-bf,2")]
    [InlineData("x.avi", "-c:v,libxvid,-bf,2")]
    [InlineData("i.ts", "-c:v,mpeg2video,-flags,+ildct+ilme")]
    [InlineData("f.mp4", "-c:v,libx264,-pix_fmt,yuv420p,-movflags,frag_keyframe+empty_moov")]
    [InlineData("l.webm", "-c:v,libvpx,-live,1")]
    [InlineData("d.mkv", "-vf,setpts=PTS+2/TB,-c:v,libx264,-pix_fmt,yuv420p")]
    [InlineData("m.avi", "-c:v,mjpeg,-q:v,5")]
    [InlineData("g.gif", "-vf,fps=10")]
    [InlineData("w.wmv", "-c:v,wmv2")]
    [InlineData("o.ogv", "-c:v,libtheora")]
    [InlineData("t.3gp", "-c:v,mpeg4")]
    [InlineData("v.flv", "-c:v,flv")]
    [InlineData("n.mkv", "-c:v,libx264,-x264-params,open-gop=1:keyint=10,-pix_fmt,yuv420p")]
    [InlineData("h.mp4", "-c:v,libx265,-x265-params,log-level=none:open-gop=1:keyint=10,-pix_fmt,yuv420p")]
    public void Scan_SoundFiles_AreSound(string name, string codec)
    {
        string path = media.TestVideo(name, 96, 64, 40, codec.Split(','));

        var scanned = DataScan.Check(path);

        Assert.Null(scanned.Problem);
        Assert.InRange(scanned.Frames, name == "g.gif" ? 14 : 38, 40);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    [InlineData("ts")]
    public void Scan_CutsThatWereCopied_AreSound(string ending)
    {
        media.TestVideo($"long.{ending}", 96, 64, 100, "-c:v", "libx264", "-x264-params", "open-gop=1:keyint=20:bframes=3", "-pix_fmt", "yuv420p");
        foreach (var (start, target) in new[] { ("0.5", ending), ("1.3", "mp4"), ("2.1", ending) })
        {
            string path = media.Ffmpeg($"cut{start}-{ending}.{target}", "-ss", start, "-i", $"long.{ending}", "-t", "1.2", "-c", "copy");

            Assert.Null(DataScan.Check(path).Problem);
        }
    }

    [Fact]
    public void Scan_VariableRateAndLongSound_AreSound()
    {
        foreach (string ending in new[] { "mp4", "mkv", "webm" })
        {
            string variable = media.Ffmpeg($"variable.{ending}", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "20",
                "-vf", @"select='lt(n\,10)+not(mod(n-10\,3))*gte(n\,10)'", "-vsync", "vfr", "-pix_fmt", "yuv420p");
            string sound = media.Ffmpeg($"long-sound.{ending}", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=1", "-f", "lavfi", "-i", "sine=duration=3", "-pix_fmt", "yuv420p");

            var (first, second) = (DataScan.Check(variable), DataScan.Check(sound));
            Assert.Equal((20, null), (first.Frames, first.Problem));
            Assert.Equal((25, null), (second.Frames, second.Problem));
        }
    }

    [Fact]
    public void Open_DamagedAmongSound_IsLeftOutAndNamedOrKeptOnDemand()
    {
        string good = media.TestVideo("good.mp4", 64, 48, 20, "-pix_fmt", "yuv420p"), bad = Path.Combine(AppContext.BaseDirectory, "Media", "Golden", "bad_hevc.mp4");
        List<string> said = [];

        using (var store = ClipStore.Open([bad, good], 32, media.At("cache"), said.Add))
        {
            Assert.Equal((1, 20), (store.Count, store.FrameCount(0)));
            Assert.Equal([bad], store.LeftOut);
            Assert.Equal(good, store.Path(0));
        }

        Assert.Contains(said, l => l.StartsWith("left out: ", StringComparison.Ordinal) && l.Contains("damaged at about frame", StringComparison.Ordinal));
        said.Clear();
        using (var again = ClipStore.Open([bad, good], 32, media.At("cache"), said.Add)) // from the cache, and still said
            Assert.Equal(1, again.Count);
        Assert.Contains(said, l => l.Contains("1 of 2 videos are damaged and left out: bad_hevc.mp4", StringComparison.Ordinal) && l.Contains("--keep-damaged", StringComparison.Ordinal));
        using (var kept = ClipStore.Open([bad, good], 32, media.At("cache"), keepDamaged: true))
            Assert.Equal((2, 20), (kept.Count, kept.FrameCount(1)));
        Assert.Contains("is damaged", Assert.Throws<DataException>(() => ClipStore.Open([bad], 32, media.At("cache"))).Message, StringComparison.Ordinal);
    }
}
