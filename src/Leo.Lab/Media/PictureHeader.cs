using System.Buffers.Binary;

namespace Leo.Lab.Media;

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
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
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
