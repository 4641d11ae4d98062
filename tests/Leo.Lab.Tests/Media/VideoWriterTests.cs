using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

public sealed class VideoWriterTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    [Theory]
    [InlineData("out.mp4", 3)]
    [InlineData("out.mov", 3)]
    [InlineData("out.mkv", 3)]
    [InlineData("out.webm", 4)]
    [InlineData("out.gif", 8)]
    [InlineData("out-frames", 0)]
    [InlineData("numbered/f%03d.png", 0)]
    public void WriteAll_ReadBack_IsNearlyTheSame(string name, double tolerance)
    {
        var video = MediaFixture.Ramps(64, 64, 12);

        VideoWriter.WriteAll(media.At(name), video);
        var back = VideoReader.Read(name.Contains('%') ? media.At("numbered") : media.At(name));

        Assert.Equal((12, 64, 64, 25.0), (back.FrameCount, back.Height, back.Width, back.FramesPerSecond));
        Assert.InRange(MediaFixture.MeanDifference(video.Rgb, back.Rgb), 0, tolerance);
    }

    [Theory]
    [InlineData("odd.mp4", 64, 48)]
    [InlineData("odd.webm", 63, 47)]
    [InlineData("odd.gif", 63, 47)]
    public void WriteAll_OddSize_RepeatsTheEdgeWhereTheCodecNeedsEven(string name, int width, int height)
    {
        VideoWriter.WriteAll(media.At(name), MediaFixture.Ramps(63, 47, 3));

        var back = VideoReader.Read(media.At(name));

        Assert.Equal((width, height), (back.Width, back.Height));
        Assert.InRange(MediaFixture.Pixel(back, 0, width - 1, 5).R, 170, 200);
        Assert.InRange(MediaFixture.Pixel(back, 0, 5, height - 1).G, 75, 95);
    }

    [Fact]
    public void WriteAll_Mp4_IsWhatBrowsersPlay()
    {
        VideoWriter.WriteAll(media.At("browser.mp4"), MediaFixture.Ramps(64, 64, 12));

        var bytes = File.ReadAllBytes(media.At("browser.mp4")).AsSpan();
        var info = VideoReader.Probe(media.At("browser.mp4"));

        Assert.InRange(bytes.IndexOf("moov"u8), 0, bytes.IndexOf("mdat"u8)); // the index comes first
        Assert.Equal(("h264", false), (info.Codec, info.HasAlpha));
    }

    [Fact]
    public void WriteAll_Twice_MakesTheSameBytes()
    {
        VideoWriter.WriteAll(media.At("one.mp4"), MediaFixture.Ramps(64, 64, 12));
        VideoWriter.WriteAll(media.At("two.mp4"), MediaFixture.Ramps(64, 64, 12));

        Assert.Equal(File.ReadAllBytes(media.At("one.mp4")), File.ReadAllBytes(media.At("two.mp4")));
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesTheOldFileAndNothingElse()
    {
        string folder = Directory.CreateDirectory(media.At("given-up")).FullName;
        string path = Path.Combine(folder, "a.mp4");
        File.WriteAllText(path, "old");

        using (var writer = new VideoWriter(path, 16, 16, 25))
            writer.Write(new byte[16 * 16 * 3]);

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Complete_WithoutFrames_IsRefused()
    {
        using var writer = new VideoWriter(media.At("none.mp4"), 16, 16, 25);

        Assert.Throws<MediaException>(writer.Complete);
        Assert.False(File.Exists(media.At("none.mp4")));
    }

    [Fact]
    public void Write_WrongFrameSize_IsRefused()
    {
        using var writer = new VideoWriter(media.At("wrong.mp4"), 16, 16, 25);

        Assert.Throws<ArgumentException>(() => writer.Write(new byte[10]));
    }

    [Fact]
    public void Constructor_UnknownExtension_NamesTheKnownOnes()
    {
        var error = Assert.Throws<MediaException>(() => new VideoWriter(media.At("a.txt"), 16, 16, 25));

        Assert.Contains(".mp4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unwritable_FullDisk_SaysWhatToDo()
    {
        var error = MediaErrors.Unwritable("a.mp4", "av_interleaved_write_frame(): No space left on device");

        Assert.Equal("a.mp4: no space left on the disk. Free some space and repeat; files written earlier are intact.", error.Message);
    }
}
