using System.Globalization;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Leo.Lab.Media;

/// <summary>
/// Decodes pictures: JPEG, PNG, WebP and BMP by SixLabors.ImageSharp, what else there is by ffmpeg. Transparent pixels are composited
/// over black, and pictures of a camera that was turned are set upright.
/// </summary>
internal static class Still
{
    /// <summary>Bytes of the largest file that is read.</summary>
    private const long MostBytes = 1L << 30;

    // Never the library's own default, which knows every format: only those four decoders see other people's files. One thread, for a
    // training has many readers, and little memory kept between pictures.
    internal static readonly Configuration Sharp = new(new PngConfigurationModule(), new JpegConfigurationModule(), new WebpConfigurationModule(), new BmpConfigurationModule())
    {
        MaxDegreeOfParallelism = 1,
        MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { MaximumPoolSizeMegabytes = 64 }),
    };

    /// <summary>What the header says; the size is that of the picture set upright.</summary>
    /// <exception cref="MediaException">It is no picture, too large, or of a format that cannot be read.</exception>
    public static VideoInfo Info(string file)
    {
        byte[] bytes = Bytes(file, out var kind);
        var (width, height) = Decoder(kind) is { } decoder ? Identify(file, bytes, decoder, kind) : Size(ByFfmpeg(file, bytes, kind));
        return new VideoInfo
        {
            Width = width,
            Height = height,
            FramesPerSecond = FrameFolder.DefaultFramesPerSecond,
            FrameCount = 1,
            Codec = kind.ToString().ToLowerInvariant(),
            HasAlpha = kind is not (PictureKind.Jpeg or PictureKind.Ppm), // perhaps
        };
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">Crop and size.</param>
    /// <param name="stored">Columns and rows before crop and resizing.</param>
    /// <exception cref="MediaException">It is no picture, damaged, too large, or of a format that cannot be read.</exception>
    public static Image Read(string file, VideoReadOptions options, out (int Width, int Height) stored)
    {
        byte[] bytes = Bytes(file, out var kind);
        Image image;
        if (Decoder(kind) is { } decoder)
        {
            Identify(file, bytes, decoder, kind); // before a pixel is decoded
            image = Decode(file, bytes, decoder, kind);
        }
        else
        {
            image = ByFfmpeg(file, bytes, kind);
        }

        stored = Size(image);
        if (options.Crop is { } box && (box.X + box.Width > image.Width || box.Y + box.Height > image.Height))
            throw new MediaException(file, $"the wanted part, {box.Width}×{box.Height} at {box.X},{box.Y}, reaches outside the picture of {image.Width}×{image.Height}", "Choose a part inside it");
        return options.Crop is null && options.Size is null ? image : Resize(image, options);
    }

    private static (int Width, int Height) Size(Image image) => (image.Width, image.Height);

    private static byte[] Bytes(string file, out PictureKind kind)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MostBytes } large)
                throw new MediaException(file, $"{large.Length >> 20} MiB, while pictures of up to {MostBytes >> 20} are read", "Make a smaller copy");
            byte[] bytes = File.ReadAllBytes(file);
            kind = PictureFormat.Of(bytes);
            if (bytes.Length == 0)
                throw new MediaException(file, "the file is empty", "Make it anew or delete it") { IsDamage = true };
            return kind != PictureKind.Unknown ? bytes : throw new MediaException(file, "not a picture that can be read", "Give a whole png, jpg, bmp or webp file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unreadable(file, e);
        }
    }

    // Text of a PNG may unfold to any size, and nobody asks for it. A camera's orientation stands in the metadata of the others.
    private static IImageDecoder? Decoder(PictureKind kind) => kind switch
    {
        PictureKind.Png => new PngDecoder { IgnoreMetadata = true },
        PictureKind.Jpeg => new JpegDecoder(),
        PictureKind.WebP => new WebpDecoder(),
        PictureKind.Bmp => new BmpDecoder(),
        _ => null,
    };

    private static (int Width, int Height) Identify(string file, byte[] bytes, IImageDecoder decoder, PictureKind kind) => Try(file, kind, () =>
    {
        using var stream = new MemoryStream(bytes);
        if (((IImageInfoDetector)decoder).Identify(Sharp, stream, CancellationToken.None) is not { Width: > 0, Height: > 0 } info)
            throw new MediaException(file, "not a picture that can be read", "Give a whole png, jpg, bmp or webp file");
        if ((long)info.Width * info.Height > FfmpegProcess.MostPixels)
            throw MediaErrors.TooLarge(file, info.Width, info.Height);
        return Orientation(info) >= 5 ? (info.Height, info.Width) : (info.Width, info.Height);
    });

    private static int Orientation(IImageInfo info) =>
        info.Metadata.ExifProfile?.GetValue(SixLabors.ImageSharp.Metadata.Profiles.Exif.ExifTag.Orientation)?.Value is { } turn and >= 1 and <= 8 ? turn : 1;

    private static Image Decode(string file, byte[] bytes, IImageDecoder decoder, PictureKind kind) => Try(file, kind, () =>
    {
        if (WholePicture.Fault(bytes, kind) is { } fault)
            throw MediaErrors.Damaged(file, $"the file is cut short or damaged ({fault})");
        using var stream = new MemoryStream(bytes);
        using var picture = SixLabors.ImageSharp.Image.Load<Rgba32>(Sharp, stream, decoder);
        picture.Mutate(p => p.AutoOrient());
        byte[] rgb = new byte[3 * picture.Width * picture.Height];
        picture.ProcessPixelRows(rows =>
        {
            for (int y = 0, at = 0; y < rows.Height; y++)
            {
                foreach (var pixel in rows.GetRowSpan(y))
                {
                    (rgb[at], rgb[at + 1], rgb[at + 2]) = pixel.A == 255 ? (pixel.R, pixel.G, pixel.B) : (Over(pixel.R, pixel.A), Over(pixel.G, pixel.A), Over(pixel.B, pixel.A));
                    at += 3;
                }
            }
        });
        return new Image(picture.Height, picture.Width, rgb);
    });

    private static byte Over(byte colour, byte alpha) => (byte)(((colour * alpha) + 127) / 255);

    private static Image Resize(Image image, VideoReadOptions options)
    {
        using var picture = SixLabors.ImageSharp.Image.LoadPixelData<Rgb24>(Sharp, image.Rgb, image.Width, image.Height);
        picture.Mutate(p =>
        {
            if (options.Crop is { } box)
                p.Crop(new Rectangle(box.X, box.Y, box.Width, box.Height));
            if (options.Size is { } size)
                p.Resize(new ResizeOptions { Size = new Size(size, size), Mode = ResizeMode.Crop, Sampler = KnownResamplers.Bicubic });
        });
        byte[] rgb = new byte[3 * picture.Width * picture.Height];
        picture.CopyPixelDataTo(rgb);
        return new Image(picture.Height, picture.Width, rgb);
    }

    private static T Try<T>(string file, PictureKind kind, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is ImageFormatException or InvalidMemoryOperationException
            or ArgumentException or IndexOutOfRangeException or InvalidOperationException or NullReferenceException or OverflowException or IOException or ArithmeticException or FormatException)
        {
            throw MediaErrors.Damaged(file, $"{PictureFormat.Name(kind)} that is damaged ({MediaErrors.OneLine(e.Message)})");
        }
        catch (NotSupportedException e)
        {
            throw new MediaException(file, $"{PictureFormat.Name(kind)} of a kind that cannot be read ({MediaErrors.OneLine(e.Message)})", "Convert it to png or jpg");
        }
    }

    // The first picture of what ImageSharp is not let near.
    private static Image ByFfmpeg(string file, byte[] bytes, PictureKind kind)
    {
        string[]? input = kind switch
        {
            PictureKind.Gif => ["-protocol_whitelist", "pipe", "-f", "gif", "-i", "pipe:0"],
            PictureKind.Tiff => ["-protocol_whitelist", "pipe", "-f", "image2pipe", "-frame_size", Length(bytes), "-c:v", "tiff", "-i", "pipe:0"],
            PictureKind.Ppm => ["-protocol_whitelist", "pipe", "-f", "image2pipe", "-frame_size", Length(bytes), "-c:v", "ppm", "-i", "pipe:0"],
            PictureKind.Avif => ["-protocol_whitelist", "file", "-f", "mov", "-i", FfmpegProcess.FileUrl(file)],
            _ => null,
        };
        if (input is null)
            throw new MediaException(file, $"{PictureFormat.Name(kind)}, which cannot be read", "Convert it to png or jpg");
        bool piped = input[^1] == "pipe:0";
        using var process = FfmpegProcess.Start("ffmpeg",
        [
            "-v", "error", "-threads", "1", "-max_pixels", FfmpegProcess.MostPixels.ToString(CultureInfo.InvariantCulture), .. input,
            "-frames:v", "1", "-vf", "format=gbrap,premultiply=inplace=1,format=gbrp", "-pix_fmt", "rgb24", "-c:v", "ppm", "-f", "image2pipe", "pipe:1",
        ], feedInput: piped);
        var feeder = piped ? Task.Run(() => Feed(process.Input, bytes)) : Task.CompletedTask;
        try
        {
            var frames = new PpmStream(process.Output);
            if (frames.TryReadHeader(out int width, out int height))
            {
                byte[] rgb = new byte[checked(3 * width * height)];
                frames.ReadPixels(rgb);
                if (process.WaitForExit() == 0 && !process.Errors.Any(MediaErrors.IsDamage))
                    return new Image(height, width, rgb);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException)
        {
            // Said below.
        }
        finally
        {
            process.Dispose();
            ((IAsyncResult)feeder).AsyncWaitHandle.WaitOne();
            _ = feeder.Exception;
        }

        string why = process.Errors.FirstOrDefault() is { } line ? $" ({MediaErrors.Tidy(line)})" : "";
        throw kind == PictureKind.Avif
            ? new MediaException(file, $"{PictureFormat.Name(kind)}, which this ffmpeg cannot read{why}", "Convert it to png or jpg")
            : MediaErrors.Damaged(file, $"{PictureFormat.Name(kind)} that is damaged{why}");
    }

    // One packet holds the whole picture.
    private static string Length(byte[] bytes) => bytes.Length.ToString(CultureInfo.InvariantCulture);

    private static void Feed(Stream target, byte[] bytes)
    {
        using (target)
            target.Write(bytes);
    }
}
