using System.Diagnostics;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Media;

/// <summary>A temporary folder, and ffmpeg's own test pictures in it.</summary>
public sealed class MediaFixture : IDisposable
{
    public MediaFixture() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "leo-media-" + Guid.NewGuid().ToString("N"));

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>Runs ffmpeg in the folder.</summary>
    public string Ffmpeg(string output, params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { WorkingDirectory = Folder, RedirectStandardError = true };
        foreach (string argument in (string[])["-nostdin", "-v", "error", "-y", .. arguments, output])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return At(output);
    }

    /// <summary>A moving test picture of the given size and length at 25 frames a second.</summary>
    public string TestVideo(string output, int width = 64, int height = 48, int frames = 20, params string[] codec) =>
        Ffmpeg(output, ["-f", "lavfi", "-i", $"testsrc2=size={width}x{height}:rate=25", "-frames:v", $"{frames}", "-threads", "1", .. codec]);

    /// <summary>Smooth colour ramps that drift, so that compression keeps them close.</summary>
    public static Video Ramps(int width, int height, int frames, double fps = 25)
    {
        var video = new Video(frames, height, width, fps, new byte[frames * height * width * 3]);
        for (int t = 0; t < frames; t++)
        {
            var frame = video.Frame(t);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int at = ((y * width) + x) * 3;
                    frame[at] = (byte)(40 + (150 * x / width));
                    frame[at + 1] = (byte)(200 - (120 * y / height));
                    frame[at + 2] = (byte)(60 + (3 * t % 100));
                }
            }
        }

        return video;
    }

    public static double MeanDifference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Assert.Equal(a.Length, b.Length);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum / a.Length;
    }

    public static (byte R, byte G, byte B) Pixel(Video video, int frame, int x, int y)
    {
        int at = ((y * video.Width) + x) * 3;
        var rgb = video.Frame(frame);
        return (rgb[at], rgb[at + 1], rgb[at + 2]);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
