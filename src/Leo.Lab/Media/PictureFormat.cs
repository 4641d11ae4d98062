namespace Leo.Lab.Media;

/// <summary>What a picture is.</summary>
internal enum PictureKind
{
    /// <summary>Nothing that is known.</summary>
    Unknown,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>JPEG, also with more pictures behind the first one.</summary>
    Jpeg,

    /// <summary>BMP.</summary>
    Bmp,

    /// <summary>WebP of one picture.</summary>
    WebP,

    /// <summary>WebP of several pictures.</summary>
    AnimatedWebP,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>TIFF.</summary>
    Tiff,

    /// <summary>PPM, PGM or PBM.</summary>
    Ppm,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>HEIF, as some phones take pictures.</summary>
    Heif,

    /// <summary>JPEG XL.</summary>
    JpegXl,
}

/// <summary>Tells a picture's format by its first bytes; names may lie.</summary>
internal static class PictureFormat
{
    /// <exception cref="MediaException">The file cannot be opened or is empty.</exception>
    public static PictureKind Of(string file)
    {
        Span<byte> head = stackalloc byte[32];
        try
        {
            using var stream = File.OpenRead(file);
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unreadable(file, e);
        }

        return head.Length > 0 ? Of(head) : throw new MediaException(file, "the file is empty", "Make it anew or delete it");
    }

    /// <summary>By the first bytes of a file.</summary>
    public static PictureKind Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return PictureKind.Png;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return PictureKind.Jpeg;
        if (head.StartsWith("BM"u8))
            return PictureKind.Bmp;
        if (head.StartsWith("RIFF"u8) && head.Length >= 21 && head[8..].StartsWith("WEBP"u8))
            return head[12..].StartsWith("VP8X"u8) && (head[20] & 2) != 0 ? PictureKind.AnimatedWebP : PictureKind.WebP;
        if (head.StartsWith("GIF8"u8))
            return PictureKind.Gif;
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8))
            return PictureKind.Tiff;
        if (head.Length > 2 && head[0] == 'P' && head[1] is >= (byte)'1' and <= (byte)'6' && head[2] is (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t')
            return PictureKind.Ppm;
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8))
            return Brand(head[8..12]);
        return head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || (head.Length >= 8 && head[4..].StartsWith("JXL "u8)) ? PictureKind.JpegXl : PictureKind.Unknown;
    }

    /// <summary>How people call it.</summary>
    public static string Name(PictureKind kind) => kind switch
    {
        PictureKind.AnimatedWebP => "an animated WebP",
        PictureKind.Avif => "an AVIF picture",
        PictureKind.Heif => "a HEIF picture",
        PictureKind.JpegXl => "a JPEG XL picture",
        PictureKind.Tiff => "a TIFF picture",
        PictureKind.Gif => "a GIF",
        PictureKind.Ppm => "a PPM picture",
        PictureKind.Unknown => "no picture that is known here",
        _ => $"a {kind} picture",
    };

    private static PictureKind Brand(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("avi"u8) ? PictureKind.Avif
        : brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("msf1"u8) ? PictureKind.Heif
        : PictureKind.Unknown;
}
