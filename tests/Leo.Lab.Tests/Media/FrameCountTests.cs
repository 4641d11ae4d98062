using System.Diagnostics;
using System.Globalization;
using Leo.Lab.Data;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

/// <summary>Frames are what the file has: each once, none invented, whatever happens to size, rate and pixel format.</summary>
public sealed class FrameCountTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Media", "Golden", name);

    [Theory]
    [InlineData("vp8.webm", "-c:v,libvpx,-b:v,300k")]
    [InlineData("h264.ts", "-c:v,libx264,-pix_fmt,yuv420p")]
    [InlineData("hevc.ts", "-c:v,libx265,-x265-params,log-level=none")]
    [InlineData("mjpeg.mkv", "-c:v,mjpeg,-q:v,3,-pix_fmt,yuvj420p")]
    public void Read_SizeChangesMidway_IsFollowedWhereASizeIsAskedForAndRefusedByFrameElse(string name, string codec)
    {
        string path = Joined(name, codec.Split(','), (96, 64), (64, 48));

        var scaled = VideoReader.Read(path, new VideoReadOptions { Size = 32 });
        var refusal = Assert.Throws<MediaException>(() => VideoReader.Read(path));
        var cropped = Assert.Throws<MediaException>(() => VideoReader.Read(path, new VideoReadOptions { Size = 32, Crop = new PixelBox(0, 0, 32, 32) }));
        var scanned = DataScan.Check(path, 40);

        Assert.Equal((20, Counted(path)), (scaled.FrameCount, scaled.FrameCount));
        // So small, a few frames of the moving pattern look like the one before.
        Assert.InRange(Enumerable.Range(0, 20).Select(t => Convert.ToHexString(scaled.Frame(t))).Distinct().Count(), 14, 20);
        Assert.Contains("frame 10 is 64×48, the frames before it 96×64", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("frame 10 is", cropped.Message, StringComparison.Ordinal);
        Assert.Equal((20, 64, 48, null), (scanned.Frames, scanned.Width, scanned.Height, scanned.Problem));
        Assert.Contains("frame 10 is 64×48", scanned.Note, StringComparison.Ordinal);
        Assert.Equal(ScanFault.TooSmall, DataScan.Check(path, 56).Fault);
    }

    [Theory]
    [InlineData("mpeg2.ts", "-c:v,mpeg2video,-q:v,4,-bf,2")]
    [InlineData("open.ts", "-c:v,libx264,-pix_fmt,yuv420p,-x264-params,open-gop=1:keyint=4:bframes=2")]
    [InlineData("intra.m2ts", "-c:v,libx264,-pix_fmt,yuv420p,-g,1,-f,mpegts,-mpegts_m2ts_mode,1")]
    public void Read_StreamsJoinedByteByByte_GiveTheFramesOfAll(string name, string codec)
    {
        // Counters begin anew in each piece, times in the second; those of the third go on, as those of HLS do.
        string[] pieces = [.. new[] { "0", "0", "40" }.Select((start, i) => media.Ffmpeg($"{i}-{name}", ["-f", "lavfi", "-i", "testsrc2=size=96x64:rate=25", "-f", "lavfi", "-i", "sine", "-frames:v", $"{9 + i}", "-t", "0.5",
            "-threads", "1", "-c:a", "mp2", .. codec.Split(','), "-output_ts_offset", start]))];
        string path = media.At(name);
        File.WriteAllBytes(path, [.. pieces.SelectMany(File.ReadAllBytes)]);

        var scanned = DataScan.Check(path);
        Assert.Equal((30, null), (scanned.Frames, scanned.Problem));
        var joined = Hashes(path);
        Assert.Equal(30, joined.Count);
        Assert.Equal(Hashes(pieces[2]), joined[19..]);

        // A packet that is missing before the seam, or overwritten behind it, is seen all the same.
        byte[] whole = File.ReadAllBytes(path);
        int packet = name.EndsWith(".m2ts", StringComparison.Ordinal) ? 192 : 188, first = (int)new FileInfo(pieces[0]).Length;
        int id = packet == 192 ? 0x1011 : 0x100;
        // Within a picture: video, and no beginning of one.
        bool Within(int i) => (whole[(i * packet) + packet - 187] & 0x40) == 0 && ((whole[(i * packet) + packet - 187] & 0x1F) << 8 | whole[(i * packet) + packet - 186]) == id;
        int video = Enumerable.Range(8, (first / packet) - 9).First(i => Within(i) && Within(i + 1)) * packet;
        File.WriteAllBytes(path, [.. whole[..video], .. whole[(video + packet)..]]);
        Assert.Equal(ScanFault.Unreadable, DataScan.Check(path).Fault);
        whole.AsSpan(first + video, packet * 2).Clear();
        File.WriteAllBytes(path, whole);
        Assert.Equal(ScanFault.Unreadable, DataScan.Check(path).Fault);
    }

    [Fact]
    public void Read_PixelFormatChangesMidway_KeepsEveryFrame()
    {
        media.Ffmpeg("y420.mkv", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", "15", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p");
        media.Ffmpeg("y444.mkv", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=25", "-frames:v", "15", "-c:v", "mjpeg", "-pix_fmt", "yuvj444p");
        File.WriteAllText(media.At("formats.txt"), "file y420.mkv\nfile y444.mkv\n");
        string path = media.Ffmpeg("formats.mkv", "-f", "concat", "-i", "formats.txt", "-c", "copy");

        Assert.Equal(30, VideoReader.Read(path).FrameCount);
        Assert.Equal(30, VideoReader.Read(path, new VideoReadOptions { Size = 16 }).FrameCount);
    }

    [Fact]
    public void Read_OneFrameASecondInMatroska_InventsNone()
    {
        Assert.Equal(8, VideoReader.Read(Golden("fps1.mkv")).FrameCount);
        Assert.Equal(8, VideoReader.Read(Golden("fps1.mkv"), new VideoReadOptions { Size = 32 }).FrameCount);
    }

    [Theory]
    [InlineData("1", 4)]
    [InlineData("1/2", 4)]
    [InlineData("2", 6)]
    [InlineData("1000/1001", 5)]
    public void Read_LowRates_KeepTheCount(string rate, int frames)
    {
        foreach (string ending in new[] { "mkv", "mp4" })
        {
            string path = media.Ffmpeg($"low-{rate.Replace('/', '_')}.{ending}", "-f", "lavfi", "-i", $"testsrc2=size=64x48:rate={rate}", "-frames:v", frames.ToString(CultureInfo.InvariantCulture),
                "-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p");

            Assert.Equal((frames, frames), (VideoReader.Read(path).FrameCount, Counted(path)));
        }
    }

    [Theory]
    [InlineData("p03_mixgray")]
    [InlineData("p05_mixjpg")]
    public void Read_FolderOfMixedPictures_GivesAll(string name)
    {
        Assert.Equal((8, 96, 96), (VideoReader.Read(Golden(name)).FrameCount, VideoReader.Read(Golden(name)).Width, VideoReader.Read(Golden(name)).Height));
        Assert.Null(DataScan.Check(Golden(name)).Problem);
    }

    [Theory]
    [InlineData("png", "rgb24,gray,pal8,rgba,gray16be,rgb48be,monob")]
    [InlineData("jpg", "yuvj420p,yuvj444p,gray,yuvj422p")]
    [InlineData("bmp", "bgr24,pal8,gray,rgb565le")]
    [InlineData("tif", "rgb24,gray,rgb48le")]
    public void Read_FolderOfOtherMixtures_GivesAll(string ending, string formats)
    {
        string folder = Directory.CreateDirectory(media.At($"mixed-{ending}")).FullName;
        string[] all = formats.Split(',');
        for (int i = 0; i < all.Length; i++)
            media.Ffmpeg($"mixed-{ending}/{i}.{ending}", "-f", "lavfi", "-i", "testsrc2=size=48x48:rate=25:duration=0.04", "-frames:v", "1", "-update", "1", "-pix_fmt", all[i]);

        Assert.Equal(all.Length, VideoReader.Read(folder).FrameCount);
        Assert.Equal(all.Length, VideoReader.Read(folder, new VideoReadOptions { Size = 24 }).FrameCount);
    }

    // The same pictures in two sizes, joined without being encoded anew, as a call does it whose network got worse.
    private string Joined(string name, string[] codec, params (int Width, int Height)[] sizes)
    {
        string ending = Path.GetExtension(name), list = $"{name}.txt";
        foreach (var (width, height) in sizes)
            media.TestVideo($"{width}-{name}", width, height, 10, codec);
        if (ending == ".ts")
        {
            File.WriteAllBytes(media.At(name), [.. sizes.SelectMany(s => File.ReadAllBytes(media.At($"{s.Width}-{name}")))]);
            return media.At(name);
        }

        File.WriteAllLines(media.At(list), sizes.Select(s => $"file {s.Width}-{name}"));
        return media.Ffmpeg(name, "-f", "concat", "-i", list, "-c", "copy");
    }

    private static List<string> Hashes(params string[] paths) =>
        [.. paths.Select(p => VideoReader.Read(p)).SelectMany(v => Enumerable.Range(0, v.FrameCount).Select(t => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(v.Frame(t)))))];

    // What ffprobe counts by decoding, with nothing of ours between.
    private static int Counted(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("ffprobe",
            ["-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames", "-of", "default=nk=1:nw=1", path]) { RedirectStandardOutput = true })!;
        return int.Parse(process.StandardOutput.ReadToEnd().Trim().Split('\n')[0], CultureInfo.InvariantCulture);
    }
}
