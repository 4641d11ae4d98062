using System.Buffers.Binary;

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
        byte[] bytes = Path.GetExtension(path).ToLowerInvariant() switch
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
        int code = process.WaitForExit();
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

/// <summary>A decoded picture in memory.</summary>
[Display.TypeFormatterSource(typeof(Display.ShownFormatters))]
public sealed class Image
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="height">Rows, H ≥ 1.</param>
    /// <param name="width">Columns, W ≥ 1.</param>
    /// <param name="rgb">RGB24 bytes, row after row: H·W·3 of them.</param>
    /// <exception cref="ArgumentException">The bytes do not fill exactly H·W·3, or a number is out of range.</exception>
    public Image(int height, int width, byte[] rgb)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        long expected = 3L * height * width;
        if (rgb.LongLength != expected)
            throw new ArgumentException($"{width}×{height} RGB pixels are {expected} bytes, not {rgb.LongLength}.", nameof(rgb));

        (Height, Width, Rgb) = (height, width, rgb);
    }

    /// <summary>Rows, H.</summary>
    public int Height { get; }

    /// <summary>Columns, W.</summary>
    public int Width { get; }

    /// <summary>All bytes: RGB24, H·W·3. Not a copy.</summary>
    public byte[] Rgb { get; }
}

/// <summary>A rectangle of whole pixels; the origin is the upper left corner of the picture as displayed.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PixelBox(int X, int Y, int Width, int Height);

/// <summary>A picture's format and stored size by its first bytes; names may lie.</summary>
/// <param name="Format">ffmpeg's name of the decoder: <c>png</c>, <c>mjpeg</c>, <c>bmp</c> or <c>webp</c>.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct PictureHeader(string Format, int Width, int Height)
{
    /// <exception cref="MediaException">The file cannot be opened or is no png, jpg, bmp or webp.</exception>
    public static PictureHeader Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            Span<byte> head = stackalloc byte[32];
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (head.Length == 0)
                throw new MediaException(file, "the file is empty", "Make it anew or delete it");
            if (head.Length == 32 && Parse(head, stream) is { Width: > 0, Height: > 0 } header)
                return header;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unreadable(file, e);
        }

        throw new MediaException(file, "not a picture that can be read", "Give a whole png, jpg, bmp or webp file");
    }

    private static PictureHeader? Parse(ReadOnlySpan<byte> head, Stream stream)
    {
        if (head[0] == 0x89 && head[1..].StartsWith("PNG"u8))
            return new("png", BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]));
        if (head.StartsWith("BM"u8))
            return new("bmp", BinaryPrimitives.ReadInt32LittleEndian(head[18..]), (int)Math.Min(int.MaxValue, Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(head[22..]))));
        if (head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
            return WebP(head);
        return head[0] == 0xFF && head[1] == 0xD8 ? Jpeg(stream) : null;
    }

    private static PictureHeader? WebP(ReadOnlySpan<byte> head)
    {
        int At(ReadOnlySpan<byte> b, int i) => BinaryPrimitives.ReadUInt16LittleEndian(b[i..]);
        if (head[12..].StartsWith("VP8X"u8)) // 24-bit numbers, less one
            return new("webp", 1 + At(head, 24) + (head[26] << 16), 1 + At(head, 27) + (head[29] << 16));
        if (head[12..].StartsWith("VP8L"u8)) // 14-bit numbers, less one
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return new("webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return new("webp", At(head, 26) & 0x3FFF, At(head, 28) & 0x3FFF);
    }

    // Segments are FF, kind, 16-bit length; the size stands in the first "start of frame" (C0–CF without C4, C8, CC).
    private static PictureHeader? Jpeg(Stream stream)
    {
        stream.Position = 2;
        Span<byte> segment = stackalloc byte[9];
        while (stream.ReadAtLeast(segment, 9, throwOnEndOfStream: false) == 9 && segment[0] == 0xFF)
        {
            if (segment[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new("mjpeg", BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));
            stream.Position += segment[1] == 0xFF ? -8 : BinaryPrimitives.ReadUInt16BigEndian(segment[2..]) - 7; // FF FF: padding
        }

        return null;
    }
}
