using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

public sealed class VideoReaderTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    [Theory]
    [InlineData("a.mp4", "-pix_fmt,yuv420p")]
    [InlineData("a.mov", "-pix_fmt,yuv420p")]
    [InlineData("a.mkv", "-pix_fmt,yuv420p")]
    [InlineData("a.webm", "-pix_fmt,yuv420p")]
    [InlineData("a.avi", "-pix_fmt,yuv420p")]
    [InlineData("a.gif", "")]
    public void Read_EveryContainer_GivesEveryFrame(string name, string codec)
    {
        string path = media.TestVideo(name, codec: codec.Split(',', StringSplitOptions.RemoveEmptyEntries));

        var video = VideoReader.Read(path);

        Assert.Equal((20, 48, 64), (video.FrameCount, video.Height, video.Width));
        Assert.Equal(25, video.FramesPerSecond, 3);
        Assert.NotEqual(video.Frame(0).ToArray(), video.Frame(19).ToArray());
    }

    [Theory]
    [InlineData("red", 254, 0, 0)]
    [InlineData("lime", 0, 254, 0)]
    [InlineData("blue", 0, 0, 254)]
    public void Read_PlainColour_KeepsChannelOrder(string colour, int r, int g, int b)
    {
        string path = media.Ffmpeg($"{colour}.mp4", "-f", "lavfi", "-i", $"color={colour}:size=32x32:rate=25", "-frames:v", "2", "-pix_fmt", "yuv420p");

        var (red, green, blue) = MediaFixture.Pixel(VideoReader.Read(path), 1, 16, 16);

        Assert.InRange(red - r, -4, 4);
        Assert.InRange(green - g, -4, 4);
        Assert.InRange(blue - b, -4, 4);
    }

    [Fact]
    public void Read_OddSize_KeepsIt()
    {
        string path = media.Ffmpeg("odd.mkv", "-f", "lavfi", "-i", "testsrc=size=63x47:rate=25", "-frames:v", "3", "-c:v", "ffv1");

        var video = VideoReader.Read(path);

        Assert.Equal((47, 63), (video.Height, video.Width));
    }

    [Fact]
    public void Read_RotationFlag_TurnsUpright()
    {
        // Left half red, right half blue; a quarter turn clockwise puts red on top.
        media.Ffmpeg("halves.mp4", "-f", "lavfi", "-i", "color=red:size=32x32:rate=25", "-f", "lavfi", "-i", "color=blue:size=32x32:rate=25",
            "-filter_complex", "hstack", "-frames:v", "3", "-pix_fmt", "yuv420p");
        string path = TurnedCopy("halves.mp4", "turned.mp4");

        var info = VideoReader.Probe(path);
        var video = VideoReader.Read(path);

        Assert.Equal((90, 32, 64), (info.Rotation, info.Width, info.Height));
        Assert.Equal((64, 32), (video.Height, video.Width));
        Assert.True(MediaFixture.Pixel(video, 0, 16, 5).R > 200);
        Assert.True(MediaFixture.Pixel(video, 0, 16, 58).B > 200);
    }

    [Fact]
    public void Read_VariableRate_PassesFramesOrResamples()
    {
        // Frames 0–9 at every tick, then every third: 10 + 10 frames over 40 ticks.
        string path = media.Ffmpeg("variable.mp4", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "20",
            "-vf", @"select='lt(n\,10)+not(mod(n-10\,3))*gte(n\,10)'", "-vsync", "vfr", "-pix_fmt", "yuv420p");

        var passed = VideoReader.Read(path);
        var resampled = VideoReader.Read(path, new VideoReadOptions { FramesPerSecond = 25 });

        Assert.Equal(20, passed.FrameCount);
        Assert.InRange(resampled.FrameCount, 37, 41);
        Assert.Equal(25, resampled.FramesPerSecond);
        Assert.Equal(passed.Frame(9).ToArray(), resampled.Frame(9).ToArray());
        Assert.Equal(passed.Frame(11).ToArray(), resampled.Frame(13).ToArray());
        Assert.Equal(resampled.Frame(13).ToArray(), resampled.Frame(14).ToArray());
    }

    [Fact]
    public void Read_HalfTheRate_TakesHalfTheFrames()
    {
        var video = VideoReader.Read(media.TestVideo("rate.mp4"), new VideoReadOptions { FramesPerSecond = 12.5 });

        Assert.Equal((10, 12.5), (video.FrameCount, video.FramesPerSecond));
    }

    [Fact]
    public void Read_LateStart_InventsNoFrames()
    {
        string path = media.TestVideo("late.mkv", 64, 48, 10, "-vf", "setpts=PTS+2/TB");

        Assert.Equal(10, VideoReader.Read(path).FrameCount);
    }

    [Fact]
    public void Read_SizeAndMaxFrames_CropsTheCentreAndStops()
    {
        // Three squares side by side: the centre crop shows the middle one alone.
        string path = media.Ffmpeg("thirds.mp4", "-f", "lavfi", "-i", "color=red:size=64x64:rate=25", "-f", "lavfi", "-i", "color=lime:size=64x64:rate=25",
            "-f", "lavfi", "-i", "color=blue:size=64x64:rate=25", "-filter_complex", "hstack=3", "-frames:v", "5", "-pix_fmt", "yuv420p");

        var video = VideoReader.Read(path, new VideoReadOptions { Size = 32, MaxFrames = 2 });

        Assert.Equal((2, 32, 32), (video.FrameCount, video.Height, video.Width));
        Assert.True(MediaFixture.Pixel(video, 1, 2, 16).G > 240);
        Assert.True(MediaFixture.Pixel(video, 1, 29, 16).G > 240);
    }

    [Theory]
    [InlineData("alpha.webm", "-c:v,libvpx-vp9,-pix_fmt,yuva420p,-auto-alt-ref,0")]
    [InlineData("alpha.mov", "-c:v,png,-pix_fmt,rgba")]
    [InlineData("alpha.png", "-frames:v,1,-pix_fmt,rgba")]
    public void Read_Transparency_IsCompositedOverBlack(string name, string codec)
    {
        // White everywhere: opaque on the left, then half, then clear.
        string path = media.Ffmpeg(name, ["-f", "lavfi", "-i", "color=white:size=64x32:rate=25,format=rgba,geq=r=255:g=255:b=255:a='if(lt(X,32),255,if(lt(X,48),128,0))'", "-frames:v", "2", .. codec.Split(',')]);

        var video = VideoReader.Read(path);

        Assert.InRange(MediaFixture.Pixel(video, 0, 8, 16).G, 250, 255);
        Assert.InRange(MediaFixture.Pixel(video, 0, 40, 16).G, 120, 136);
        Assert.InRange(MediaFixture.Pixel(video, 0, 60, 16).G, 0, 5);
    }

    [Fact]
    public void Read_TransparentGif_IsCompositedOverBlack()
    {
        string path = media.Ffmpeg("clear.gif", "-f", "lavfi", "-i", "color=white:size=32x32:rate=25:duration=0.08,format=rgba,geq=r=255:g=255:b=255:a='if(lt(X,16),255,0)',split[a][b];[a]palettegen[p];[b][p]paletteuse", "-frames:v", "2");

        var video = VideoReader.Read(path);

        Assert.True(MediaFixture.Pixel(video, 0, 4, 16).R > 250);
        Assert.True(MediaFixture.Pixel(video, 0, 28, 16).R < 5);
    }

    [Fact]
    public void Read_AnamorphicPixels_AreMadeSquare()
    {
        string path = media.TestVideo("anamorphic.mp4", 64, 48, 2, "-vf", "setsar=3/2", "-pix_fmt", "yuv420p");

        var (info, video) = (VideoReader.Probe(path), VideoReader.Read(path));

        Assert.Equal((96, 48), (info.Width, info.Height));
        Assert.Equal((96, 48), (video.Width, video.Height));
    }

    [Fact]
    public void Read_FolderOfFrames_OrdersByNumber()
    {
        string folder = Directory.CreateDirectory(media.At("frames")).FullName;
        foreach (int i in new[] { 10, 2, 1 })
            ImageFile.Write(Path.Combine(folder, $"frame{i}.png"), new Image(2, 2, [.. Enumerable.Repeat((byte)i, 12)]));

        var video = VideoReader.Read(folder, new VideoReadOptions { FramesPerSecond = 10 });

        Assert.Equal([1, 2, 10], Enumerable.Range(0, 3).Select(i => (int)video.Frame(i)[0]));
        Assert.Equal(10, video.FramesPerSecond);
    }

    [Fact]
    public void Probe_Containers_SayWhatTheyKnow()
    {
        var mp4 = VideoReader.Probe(media.TestVideo("probe.mp4", codec: ["-pix_fmt", "yuv420p"]));
        var mkv = VideoReader.Probe(media.TestVideo("probe.mkv"));

        Assert.Equal((64, 48, 25.0, 20, "h264"), (mp4.Width, mp4.Height, mp4.FramesPerSecond, mp4.FrameCount ?? -1, mp4.Codec));
        Assert.Null(mkv.FrameCount);
    }

    [Theory]
    [InlineData("-dash.mp4")]
    [InlineData("concat:a|b.mp4")]
    [InlineData("per%03dcent.mp4")]
    [InlineData("spaces and 'quotes' ü.mp4")]
    public void Read_OddNames_AreOnlyNames(string name)
    {
        string plain = media.TestVideo("plain.mp4", 32, 32, 3, "-pix_fmt", "yuv420p");
        File.Copy(plain, media.At(name), overwrite: true);
        string before = Directory.GetCurrentDirectory();

        Assert.Equal(3, VideoReader.Read(media.At(name)).FrameCount);
        Assert.Equal(3, VideoReader.Read(Path.GetRelativePath(before, media.At(name))).FrameCount);
    }

    // ffmpeg 5.1 writes the flag from a tag, later versions from an option: patch the track header's matrix instead.
    private string TurnedCopy(string name, string turned)
    {
        byte[] bytes = File.ReadAllBytes(media.At(name));
        int track = bytes.AsSpan().IndexOf("tkhd"u8);
        var matrix = bytes.AsSpan(track + 4 + 40, 36);
        matrix.Clear();
        (matrix[5], matrix[32]) = (0x01, 0x40); // b = 1.0 (16.16), w = 1.0 (2.30)
        (matrix[12], matrix[13]) = (0xFF, 0xFF); // c = −1.0
        File.WriteAllBytes(media.At(turned), bytes);
        return media.At(turned);
    }
}
