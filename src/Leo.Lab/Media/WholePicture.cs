using System.Buffers.Binary;

namespace Leo.Lab.Media;

/// <summary>Whether a picture's file ends where the picture does, and of a JPEG whether its data add up. Decoders fill up what is missing, and say nothing.</summary>
internal static class WholePicture
{
    /// <summary>What is missing; null if nothing is. What stands behind the picture's end does not matter.</summary>
    public static string? Fault(ReadOnlySpan<byte> file, PictureKind kind) => kind switch
    {
        PictureKind.Png => EndsAsPng(file) ? null : "its last chunk is missing",
        PictureKind.Jpeg => EndsAsJpeg(file) ? JpegScan.Fault(file) : "its end mark is missing",
        PictureKind.WebP => BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L <= file.Length ? null : $"{file.Length} bytes of {BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L}",
        PictureKind.Bmp => BmpBytes(file) is var bytes && bytes <= file.Length ? null : $"{file.Length} bytes of {bytes}",
        _ => null,
    };

    // Length, name, data, checksum; the last is IEND.
    private static bool EndsAsPng(ReadOnlySpan<byte> file)
    {
        for (long at = 8; at + 12 <= file.Length; at += 12L + BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]))
        {
            if (file[((int)at + 4)..].StartsWith("IEND"u8))
                return true;
        }

        return false;
    }

    // Segments with a length, up to the scans; within one, FF is followed by 00 or a restart mark (D0–D7).
    private static bool EndsAsJpeg(ReadOnlySpan<byte> file)
    {
        int at = 2;
        while (at + 1 < file.Length)
        {
            int mark = file[at..].IndexOf((byte)0xFF);
            if (mark < 0 || at + mark + 1 >= file.Length)
                return false;
            at += mark + 1;
            byte kind = file[at];
            if (kind == 0xD9)
                return true;
            if (kind is 0xFF)
                continue; // padding: this FF may be the mark's first
            at++;
            if (kind is 0 or 1 or (>= 0xD0 and <= 0xD8))
                continue;
            if (at + 2 > file.Length)
                return false;
            at += BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        }

        return false;
    }

    // Of pictures that are not compressed, from the header alone; the declared length of the file is wrong in many.
    private static long BmpBytes(ReadOnlySpan<byte> file)
    {
        if (file.Length < 54 || BinaryPrimitives.ReadUInt32LittleEndian(file[14..]) < 40 || BinaryPrimitives.ReadUInt32LittleEndian(file[30..]) is not (0 or 3))
            return 0;
        long width = BinaryPrimitives.ReadInt32LittleEndian(file[18..]), height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..]));
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(file[10..]) + (((width * bits) + 31) / 32 * 4 * height);
    }
}
