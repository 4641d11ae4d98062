using Leo.Lab.Data.Preparation;
using Leo.Lab.Media;

namespace Leo.Lab.Tests.Data.Preparation;

/// <summary>A small data set in the layout of a large one.</summary>
internal sealed class SourceTree : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Source => _folder["source data"];

    public string Target => _folder["target"];

    public void Dispose() => _folder.Dispose();

    public string At(string name) => Path.Combine(Source, name);

    /// <summary>Files without content: planning opens no video.</summary>
    public SourceTree With(params string[] files)
    {
        foreach (string file in files)
            Text(file, "");
        return this;
    }

    public SourceTree Text(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(file))!);
        File.WriteAllText(At(file), content);
        return this;
    }

    public SourceTree Empty(string name)
    {
        Directory.CreateDirectory(At(name));
        return this;
    }

    /// <summary>A video, or folder of PNG files, whose pixels tell where and when they are: red 40 + 2x, green 40 + 3y, blue 20 + 6t.</summary>
    public SourceTree Video(string name, int frames = 20, int width = 64, int height = 48)
    {
        var video = new Video(frames, height, width, 25, new byte[frames * height * width * 3]);
        for (int t = 0; t < frames; t++)
        {
            var rgb = video.Frame(t);
            for (int i = 0; i < width * height; i++)
                (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) = ((byte)(40 + 2 * (i % width)), (byte)(40 + 3 * (i / width)), (byte)(20 + 6 * t));
        }

        return Write(name, video);
    }

    /// <summary>A mask of which each frame has one filled box.</summary>
    public SourceTree Mask(string name, bool onWhite, params PixelBox[] boxes)
    {
        const int Width = 64, Height = 48;
        var video = new Video(boxes.Length, Height, Width, 25, new byte[boxes.Length * Height * Width * 3]);
        for (int t = 0; t < boxes.Length; t++)
        {
            var rgb = video.Frame(t);
            rgb.Fill((byte)(onWhite ? 255 : 0));
            for (int y = boxes[t].Y; y < boxes[t].Y + boxes[t].Height; y++)
                rgb.Slice(((y * Width) + boxes[t].X) * 3, boxes[t].Width * 3).Fill((byte)(onWhite ? 90 : 255));
        }

        return Write(name, video);
    }

    // Older data sets come as MPEG-4 in avi files, which only ffmpeg writes.
    private SourceTree Write(string name, Video video)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        if (Path.GetExtension(name) != ".avi")
        {
            VideoWriter.WriteAll(At(name), video);
            return this;
        }

        using var ffmpeg = FfmpegProcess.Start("ffmpeg",
        [
            "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{video.Width}x{video.Height}", "-r", "25", "-i", "pipe:0",
            "-c:v", "mpeg4", "-q:v", "1", "-sws_flags", "accurate_rnd+full_chroma_int", FfmpegProcess.FileUrl(At(name)),
        ], feedInput: true);
        ffmpeg.Input.Write(video.Rgb);
        ffmpeg.Input.Close();
        Assert.Equal(0, ffmpeg.WaitForExit());
        return this;
    }

    public PreparationReport Prepare(DatasetKind kind, PreparationOptions? options = null) =>
        DatasetPreparation.Run(kind, Source, Target, options ?? new PreparationOptions { Size = 32 });

    /// <summary>Where and when the middle of a prepared frame comes from, read back from its colour.</summary>
    public (double X, double Y, double T) Middle(string name, int frame)
    {
        var video = VideoReader.Read(Path.Combine(Target, name));
        var rgb = video.Frame(frame);
        double r = 0, g = 0, b = 0;
        int from = video.Width / 2 - 2;
        for (int y = from; y < from + 4; y++)
        {
            for (int x = from; x < from + 4; x++)
            {
                int at = ((y * video.Width) + x) * 3;
                (r, g, b) = (r + rgb[at] / 16.0, g + rgb[at + 1] / 16.0, b + rgb[at + 2] / 16.0);
            }
        }

        return ((r - 40) / 2, (g - 40) / 3, (b - 20) / 6);
    }
}
