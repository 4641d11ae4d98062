using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;

namespace Leo.Lab.Media;

/// <summary>Reads and writes pictures: png, jpg, bmp and webp; the first picture of a gif, tif, ppm or avif is read too. What a file holds decides, not its name.</summary>
public static class ImageFile
{
    /// <summary>Reads a picture; of a video or folder of frames, the first frame.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">Square side: the short side is resized to it and the centre cropped. Null keeps the picture's size.</param>
    /// <exception cref="MediaException">The file is missing, damaged, of a format that cannot be read, or no picture.</exception>
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
            ".jpg" or ".jpeg" or ".jfif" => Encode(image, new JpegEncoder { Quality = 95, ColorType = JpegColorType.YCbCrRatio444 }),
            ".bmp" => Encode(image, new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel24 }),
            ".webp" => Encode(image, new WebpEncoder { FileFormat = WebpFileFormatType.Lossless }),
            var other => throw new MediaException(path, $"'{other}' is not a picture format", "Use .png, .jpg, .bmp or .webp"),
        };
        WriteBytes(path, bytes);
    }

    /// <summary>The picture as a PNG file's bytes, as pages and notebooks embed them.</summary>
    public static byte[] ToPng(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Png(image.Height, image.Width, image.Rgb);
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

    /// <summary>As <see cref="ToPng"/>, of pixels that are somewhere else.</summary>
    internal static byte[] Png(int height, int width, ReadOnlySpan<byte> rgb) =>
        Encode(height, width, rgb, new PngEncoder { ColorType = PngColorType.Rgb, BitDepth = PngBitDepth.Bit8, FilterMethod = PngFilterMethod.Up, IgnoreMetadata = true });

    private static byte[] Encode(Image image, IImageEncoder encoder) => Encode(image.Height, image.Width, image.Rgb, encoder);

    private static byte[] Encode(int height, int width, ReadOnlySpan<byte> rgb, IImageEncoder encoder)
    {
        using var picture = SixLabors.ImageSharp.Image.LoadPixelData<Rgb24>(Still.Sharp, rgb, width, height);
        using var bytes = new MemoryStream();
        picture.Save(bytes, encoder);
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
