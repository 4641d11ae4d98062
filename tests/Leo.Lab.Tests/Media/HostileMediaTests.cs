using System.Net;
using System.Net.Sockets;
using Leo.Lab.Data;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

/// <summary>What others may put before the real ffmpeg: names that mean something to it, files that point elsewhere, headers that lie.</summary>
public sealed class HostileMediaTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    [Theory]
    [InlineData("-i evil.mp4")]
    [InlineData("-vf.mp4")]
    [InlineData("concat:a.mp4|b.mp4")]
    [InlineData("http:x.mp4")]
    [InlineData("file:x.mp4")]
    [InlineData("pipe:0.mp4")]
    [InlineData("subfile,,start,0,end,9,,:x.mp4")]
    [InlineData("x%03d.mp4")]
    [InlineData("it's \"quoted\" \\ twice.mp4")]
    [InlineData("two\nlines.mp4")]
    [InlineData("$(touch hacked) `touch hacked`; touch hacked.mp4")]
    [InlineData("|touch hacked.mp4")]
    [InlineData("動画 é.mp4")]
    public void ReadAndWrite_FileNameThatMeansSomething_AreThatFileAndNoOther(string name)
    {
        string folder = Directory.CreateDirectory(media.At($"names-{Guid.NewGuid():N}")).FullName, path = Path.Combine(folder, name);
        var video = MediaFixture.Ramps(32, 24, 3);

        VideoWriter.WriteAll(path, video);
        var read = VideoReader.Read(path);

        Assert.Equal((3, 32, 24), (read.FrameCount, read.Width, read.Height));
        Assert.InRange(MediaFixture.MeanDifference(video.Rgb, read.Rgb), 0, 4);
        Assert.Equal(32, VideoReader.Probe(path).Width);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("hls.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("hls-file.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{1}\n#EXT-X-ENDLIST\n")]
    [InlineData("concat.mp4", "ffconcat version 1.0\nfile '{1}'\n")]
    [InlineData("concat-net.mkv", "ffconcat version 1.0\nfile '{0}'\n")]
    [InlineData("dash.mp4", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet><Representation id=\"1\"><BaseURL>{0}</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    [InlineData("session.mp4", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {2} RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    [InlineData("picture.mp4", "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><image xlink:href=\"{0}\"/></svg>")]
    [InlineData("drawing.png", "push graphic-context\nimage over 0,0 0,0 '{0}'\npop graphic-context\n")]
    public void Read_PlaylistInDisguise_IsRefusedAndNothingIsFollowed(string name, string text)
    {
        string secret = media.TestVideo($"secret-{name}.mp4", codec: ["-pix_fmt", "yuv420p"]);
        var before = File.GetLastAccessTimeUtc(secret);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        File.WriteAllText(media.At(name), string.Format(System.Globalization.CultureInfo.InvariantCulture, text, $"http://127.0.0.1:{port}/x.mp4", secret, port));

        Assert.Throws<MediaException>(() => VideoReader.Read(media.At(name)));
        Assert.NotNull(DataScan.Check(media.At(name)).Problem);

        Assert.False(server.Pending());
        Assert.Equal(before, File.GetLastAccessTimeUtc(secret));
    }

    [Fact]
    public void Read_WideAndFlat_IsRead()
    {
        string path = media.Ffmpeg("flat.mkv", "-f", "lavfi", "-i", "color=s=100000x2:rate=25", "-frames:v", "2", "-c:v", "ffv1", "-pix_fmt", "bgr0");

        var found = DataScan.Check(path);

        Assert.Equal((2, 100_000, 2, null), (found.Frames, found.Width, found.Height, found.Problem));
    }

    [Theory]
    [InlineData(100_000, 100_000, "100000×100000 pixels")]
    [InlineData(0, 10, "not a picture")]
    [InlineData(-5, 10, "not a picture")]
    [InlineData(int.MaxValue, int.MaxValue, "pixels")]
    public void Read_PictureOfAnImpossibleSize_IsRefusedBeforeItIsDecoded(int width, int height, string fault)
    {
        byte[] png = ImageFile.ToPng(new Image(4, 4, new byte[48]));
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        File.WriteAllBytes(media.At("size.png"), png);

        Assert.Contains(fault, Assert.Throws<MediaException>(() => ImageFile.Read(media.At("size.png"))).Message, StringComparison.Ordinal);
    }

    // Of a chunk's name and data (ISO/IEC 15948, annex D).
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int k = 0; k < 8; k++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 64)]
    [InlineData(65_535, 65_535)]
    public void Read_VideoThatDeclaresAnotherSize_EndsInWordsOrInItsRealFrames(int width, int height)
    {
        byte[] bytes = File.ReadAllBytes(media.TestVideo("declared.mp4", codec: ["-pix_fmt", "yuv420p"]));
        int at = bytes.AsSpan().IndexOf("avc1"u8[..4]);
        at = bytes.AsSpan(at + 4).IndexOf("avc1"u8) is var next and >= 0 ? at + 4 + next : at; // the first is a brand
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 28), (ushort)width);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 30), (ushort)height);
        File.WriteAllBytes(media.At("declared2.mp4"), bytes);

        var found = DataScan.Check(media.At("declared2.mp4"));

        Assert.True(found.Problem is not null || (found.Width, found.Height, found.Frames) == (64, 48, 20), $"{found}");
    }

    [Fact]
    public void Read_VideoThatDeclaresAMillionFrames_EndsInWordsOrInThoseThatAreThere()
    {
        byte[] bytes = File.ReadAllBytes(media.TestVideo("count.mp4", codec: ["-pix_fmt", "yuv420p"]));
        foreach (var (box, offset) in ((string, int)[])[("stts", 12), ("stsz", 12)])
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(box)) + offset), 1_000_000);
        File.WriteAllBytes(media.At("count2.mp4"), bytes);

        var found = DataScan.Check(media.At("count2.mp4"));

        Assert.InRange(found.Frames, 0, 20);
    }

    [Fact]
    public void Read_VideoThatChangesItsSize_NeverMixesSizes()
    {
        string small = media.TestVideo("small.ts", 64, 48, 10, "-pix_fmt", "yuv420p"), large = media.TestVideo("large.ts", 128, 96, 10, "-pix_fmt", "yuv420p");
        File.WriteAllBytes(media.At("both.mpg"), [.. File.ReadAllBytes(small), .. File.ReadAllBytes(large)]);

        var found = DataScan.Check(media.At("both.mpg"));

        // ffmpeg fits the later frames to the first ones, or we say where they change; either way frames have one size.
        Assert.True(found.Problem is not null || (found.Width, found.Height) == (64, 48), $"{found}");
    }

    [Fact]
    public void Start_ProcessThatGetsNowhere_IsEndedAndSaysSo()
    {
        using var process = FfmpegProcess.Start("ffmpeg", ["-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "4x4", "-i", "pipe:0", "-f", "rawvideo", "pipe:1"],
            feedInput: true, TimeSpan.FromMilliseconds(300));

        Assert.Equal(0, process.Output.Read(new byte[10])); // nothing is fed, so nothing would ever come
        process.WaitForExit();

        Assert.Contains("got nowhere for 0.3 seconds", MediaErrors.Unreadable("x.mp4", process.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_AnyProgram_HasItsMemoryBoundedAndWritesNoReport()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Environment.SetEnvironmentVariable("FFREPORT", "file=/dev/null");
        try
        {
            // Waits for a line, so that the limit is there before it is asked for.
            using var process = FfmpegProcess.Start("sh", ["-c", "read x; ulimit -d; ulimit -c; echo ${FFREPORT-none}"], feedInput: true);
            process.Input.Write("go\n"u8);
            process.Input.Flush();
            using var output = new StreamReader(process.Output);

            Assert.Equal([$"{ProcessLimits.MostMemory >> 10}", "0", "none"], output.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Environment.SetEnvironmentVariable("FFREPORT", null);
        }
    }

    [Fact]
    public void Draw_HostileTexts_AreDrawnAsTheyAre()
    {
        string[] texts = ["%{localtime}", "a:text=b", "x' , movie=/etc/passwd [y]; [y] null", "\\", "textfile=/etc/passwd", "two\nlines", "[in]split[out]"];

        var strips = TextStrips.Draw(texts, 200, 20);

        Assert.Equal(texts.Length, strips.Count);
        Assert.All(strips, s => Assert.Contains(s.Rgb, b => b < 128)); // letters, not an empty strip
    }
}
