using System.Diagnostics;
using Leo.Lab.Data;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

/// <summary>The driving video's sound under a new video: there, in time, and as long as the pictures.</summary>
public sealed class SoundTrackTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    // Silence for half a second, then a tone.
    private const string Tone = "aevalsrc=exprs='if(lt(t,0.5),0,0.5*sin(2*PI*440*t))':s=44100";

    [Theory]
    [InlineData("mp4", "mp4", 2)]
    [InlineData("mp4", "webm", 2)]
    [InlineData("webm", "mp4", 2)]
    [InlineData("mkv", "mov", 2)]
    [InlineData("avi", "mkv", 2)]
    [InlineData("mp4", "mp4", 5)]
    [InlineData("mp4", "mp4", 1)]
    public void Save_VideoWithSound_KeepsItInTime(string from, string to, int seconds)
    {
        string source = Source($"{seconds}-{to}.{from}", seconds);
        var video = VideoReader.Read(source);
        using var frames = FrameTensors.FromVideo(video);

        FrameSink.Save(media.At($"made-{from}-{seconds}.{to}"), frames, video.FramesPerSecond, sound: source);

        string made = media.At($"made-{from}-{seconds}.{to}");
        Assert.Equal(50, VideoReader.Read(made).FrameCount);
        double[] levels = Levels(made);
        Assert.InRange(levels.Length / 100.0, 2 - 0.04, 2 + 0.04);
        Assert.InRange(Array.FindIndex(levels, l => l > 0.1) / 100.0, 0.5 - 0.04, 0.5 + 0.04);
        Assert.InRange((Array.FindLastIndex(levels, l => l > 0.1) + 1) / 100.0, Math.Min(seconds, 2) - 0.05, Math.Min(seconds, 2) + 0.05);
        Assert.Empty(Directory.GetFiles(media.Folder, ".*"));
    }

    [Fact]
    public void Save_PicturesThatBeginLate_StayInTime()
    {
        // Pictures begin 0.3 s after the sound: the tone comes 0.2 s after the first picture.
        string source = media.Ffmpeg("late.mkv", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=2", "-f", "lavfi", "-t", "2.3", "-i", Tone,
            "-filter_complex", "[0:v]setpts=PTS+0.3/TB[v]", "-map", "[v]", "-map", "1:a", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac");
        using var frames = FrameTensors.FromVideo(VideoReader.Read(source));

        FrameSink.Save(media.At("late.mp4"), frames, 25, sound: source);

        Assert.InRange(Array.FindIndex(Levels(media.At("late.mp4")), l => l > 0.1) / 100.0, 0.2 - 0.04, 0.2 + 0.04);
    }

    [Fact]
    public void Save_SeveralTracks_TakesTheDefaultOne()
    {
        string source = media.Ffmpeg("tracks.mkv", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=2", "-f", "lavfi", "-t", "2", "-i", "anullsrc", "-f", "lavfi", "-t", "2", "-i", Tone,
            "-map", "0", "-map", "1", "-map", "2", "-pix_fmt", "yuv420p", "-disposition:a:0", "0", "-disposition:a:1", "default");
        using var frames = FrameTensors.FromVideo(VideoReader.Read(source));

        FrameSink.Save(media.At("tracks.mp4"), frames, 25, sound: source);

        Assert.Contains(Levels(media.At("tracks.mp4")), l => l > 0.1);
    }

    [Fact]
    public void Save_NoSoundOrNoPlaceForIt_IsSilent()
    {
        string silent = media.TestVideo("silent.mp4", codec: ["-pix_fmt", "yuv420p"]), source = Source("loud.mp4", 2);
        using var frames = FrameTensors.FromVideo(VideoReader.Read(silent));

        FrameSink.Save(media.At("from-silent.mp4"), frames, 25, sound: silent);
        FrameSink.Save(media.At("as.gif"), frames, 25, sound: source);
        FrameSink.Save(media.At("asked-for-none.mp4"), frames, 25);
        FrameSink.Save(media.At("gone.mp4"), frames, 25, sound: media.At("nowhere.mp4"));

        foreach (string name in new[] { "from-silent.mp4", "as.gif", "asked-for-none.mp4", "gone.mp4" })
        {
            Assert.Equal(20, VideoReader.Read(media.At(name)).FrameCount);
            Assert.Empty(Levels(media.At(name)));
        }
    }

    private string Source(string name, int seconds) => media.Ffmpeg(name, "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=2", "-f", "lavfi", "-t", $"{seconds}", "-i", Tone,
        "-pix_fmt", "yuv420p", "-ac", "2");

    // Loudest sample of each hundredth of a second.
    private static double[] Levels(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "quiet", "-i", path, "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "f32le", "pipe:1"]) { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        float[] samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.ToArray()).ToArray();
        return [.. samples.Chunk(480).Where(c => c.Length == 480).Select(c => (double)c.Max(Math.Abs))];
    }
}
