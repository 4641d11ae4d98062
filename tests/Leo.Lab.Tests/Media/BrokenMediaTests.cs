using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

public sealed class BrokenMediaTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    [Theory]
    [InlineData("index-last.mp4", "-pix_fmt,yuv420p")]
    [InlineData("index-first.mp4", "-pix_fmt,yuv420p,-movflags,+faststart")]
    [InlineData("cut.mov", "-pix_fmt,yuv420p,-movflags,+faststart")]
    [InlineData("cut.mkv", "")]
    [InlineData("cut.webm", "")]
    [InlineData("cut.avi", "")]
    [InlineData("cut.gif", "")]
    [InlineData("cut.png", "-update,1")]
    [InlineData("cut.jpg", "-update,1")]
    [InlineData("cut.bmp", "-update,1")]
    [InlineData("cut.webp", "-update,1")]
    public void Read_FileCutShort_IsRefusedByName(string name, string codec)
    {
        int frames = codec.Contains("update", StringComparison.Ordinal) ? 1 : 30;
        string path = media.TestVideo(name, 96, 96, frames, codec.Split(',', StringSplitOptions.RemoveEmptyEntries));
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length * 6 / 10)]);

        var error = Assert.Throws<MediaException>(() => VideoReader.Read(path));

        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("text.mp4", "Once upon a time there was no video here at all.")]
    [InlineData("empty.mp4", "")]
    [InlineData("text.png", "Not a picture.")]
    [InlineData("empty.jpg", "")]
    [InlineData("list.mp4", "ffconcat version 1.0\nfile 'secret.mp4'\n")]
    [InlineData("playlist.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.mp4\n#EXT-X-ENDLIST\n")]
    public void Read_TextInsteadOfMedia_IsRefusedByName(string name, string text)
    {
        media.TestVideo("secret.mp4", codec: ["-pix_fmt", "yuv420p"]);
        File.WriteAllText(media.At(name), text);

        var read = Assert.Throws<MediaException>(() => VideoReader.Read(media.At(name)));
        var probe = Assert.Throws<MediaException>(() => VideoReader.Probe(media.At(name)));

        Assert.Contains(name, read.Message, StringComparison.Ordinal);
        Assert.Contains(name, probe.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SoundOnly_SaysThatThereIsNoVideo()
    {
        string path = media.Ffmpeg("sound.mp4", "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac");

        var error = Assert.Throws<MediaException>(() => VideoReader.Read(path));

        Assert.Contains("no video stream", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_SaysSo()
    {
        var error = Assert.Throws<MediaException>(() => VideoReader.Read(media.At("nowhere.mp4")));

        Assert.Equal($"{media.At("nowhere.mp4")}: no such file or folder. Check the path.", error.Message);
    }

    [Fact]
    public void Read_FolderWithoutFrames_SaysSo()
    {
        string folder = Directory.CreateDirectory(media.At("hollow")).FullName;

        var error = Assert.Throws<MediaException>(() => VideoReader.Read(folder));

        Assert.Contains("holds no frames", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FramesOfTwoSizes_NamesBoth()
    {
        string folder = Directory.CreateDirectory(media.At("sizes")).FullName;
        ImageFile.Write(Path.Combine(folder, "1.png"), new Image(2, 2, new byte[12]));
        ImageFile.Write(Path.Combine(folder, "2.png"), new Image(2, 4, new byte[24]));

        var error = Assert.Throws<MediaException>(() => VideoReader.Read(folder));

        Assert.Contains("4×2", error.Message, StringComparison.Ordinal);
        Assert.Contains("2×2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FramesOfTwoFormats_NamesTheStray()
    {
        string folder = Directory.CreateDirectory(media.At("formats")).FullName;
        ImageFile.Write(Path.Combine(folder, "1.png"), new Image(2, 2, new byte[12]));
        ImageFile.Write(Path.Combine(folder, "thumbnail.jpg"), new Image(2, 2, new byte[12]));

        var error = Assert.Throws<MediaException>(() => VideoReader.Read(folder));

        Assert.Contains("thumbnail.jpg", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneBrokenFrameInAFolder_IsRefused()
    {
        string folder = Directory.CreateDirectory(media.At("partly")).FullName;
        for (int i = 0; i < 3; i++)
            ImageFile.Write(Path.Combine(folder, $"{i}.png"), MediaFixture.Ramps(32, 32, 1).ImageAt(0));
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "1.png"));
        File.WriteAllBytes(Path.Combine(folder, "1.png"), bytes[..(bytes.Length / 2)]);

        Assert.Throws<MediaException>(() => VideoReader.Read(folder));
    }

    [Fact]
    public void Start_ProgramMissing_NamesThePackage()
    {
        var error = Assert.Throws<MediaException>(() => FfmpegProcess.Start("ffmpeg-that-is-not-there", []));

        Assert.Contains("Install the package ffmpeg", error.Message, StringComparison.Ordinal);
    }
}
