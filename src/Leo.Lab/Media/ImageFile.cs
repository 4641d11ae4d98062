namespace Leo.Lab.Media;

/// <summary>Reads and writes pictures: png, jpg, bmp and webp.</summary>
public static class ImageFile
{
    /// <summary>Reads a picture; of a video or folder of frames, the first frame.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">Square side: the short side is resized to it and the centre cropped. Null keeps the picture's size.</param>
    /// <exception cref="MediaException">The file is missing, damaged, or no picture; or ffmpeg is not installed.</exception>
    public static Image Read(string path, int? size = null)
    {
        var video = VideoReader.Read(path, new VideoReadOptions { Size = size, MaxFrames = 1 });
        return new Image(video.Height, video.Width, video.Rgb);
    }

    /// <summary>Writes a picture in the format that the extension names; the file appears complete or not at all.</summary>
    /// <param name="path">Ends in .png, .jpg, .jpeg, .bmp or .webp. Its folder is made if needed.</param>
    /// <param name="image">The pixels.</param>
    /// <exception cref="MediaException">Another extension, or the file cannot be written.</exception>
    public static void Write(string path, Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var bytes = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => ToPng(image),
            ".jpg" or ".jpeg" => Encode(path, image, ["-pix_fmt", "yuvj444p", "-q:v", "2", "-c:v", "mjpeg", "-f", "mjpeg"]),
            ".bmp" => Encode(path, image, ["-c:v", "bmp", "-f", "image2pipe"]),
            ".webp" => Encode(path, image, ["-c:v", "libwebp", "-lossless", "1", "-f", "image2pipe"]),
            var other => throw new MediaException(path, $"'{other}' is not a picture format", "Use .png, .jpg, .bmp or .webp"),
        };
        WriteBytes(path, bytes);
    }

    /// <summary>The picture as a PNG file's bytes, as pages and notebooks embed them. No process is started.</summary>
    public static byte[] ToPng(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PngEncoder.Encode(image.Height, image.Width, image.Rgb);
    }

    internal static void WriteBytes(string path, byte[] bytes)
    {
        using var output = new TemporaryOutput(path);
        try
        {
            File.WriteAllBytes(output.Path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unwritable(path, e.Message);
        }

        output.Commit();
    }

    private static byte[] Encode(string path, Image image, string[] codec)
    {
        using var process = FfmpegProcess.Start(
            "ffmpeg",
            ["-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{image.Width}x{image.Height}", "-i", "pipe:0", "-frames:v", "1", .. codec, "pipe:1"],
            feedInput: true);
        var feeder = Task.Run(() =>
        {
            using var stdin = process.Input;
            stdin.Write(image.Rgb);
        });
        using var bytes = new MemoryStream();
        process.Output.CopyTo(bytes);
        var code = process.WaitForExit();
        try
        {
            feeder.Wait();
        }
        catch (AggregateException)
        {
            code = code == 0 ? 1 : code;
        }

        if (code != 0 || bytes.Length == 0)
            throw MediaErrors.Unwritable(path, process.Errors.LastOrDefault() ?? "the encoder failed");
        return bytes.ToArray();
    }
}
