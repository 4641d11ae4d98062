using System.Buffers.Binary;

namespace Leo.Lab.Media;

/// <summary>
/// The checksums that programs like ffmpeg put before the pictures of a Matroska file (RFC 8794 §11.3.1, element <c>CRC-32</c>). ffmpeg
/// does not look at them. They find any change of a byte, also where a decoder makes wrong pictures of it in silence; WebM has none.
/// </summary>
internal static class MatroskaChecksums
{
    private const ulong Header = 0x1A45DFA3, Segment = 0x18538067, Cluster = 0x1F43B675;
    private const byte Checksum = 0xBF;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Which stretch of the file its checksum does not fit; null if all fit or there are none.</summary>
    public static string? Fault(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
            if (Element(stream) is not { Id: Header } header)
                return null;
            stream.Position = header.End;
            return Element(stream) is { Id: Segment } segment ? Clusters(stream, Math.Min(segment.End, stream.Length)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // the decoder says so as well
        }
    }

    private static string? Clusters(FileStream stream, long end)
    {
        byte[] buffer = new byte[1 << 16];
        while (stream.Position < end && Element(stream) is { } element && element.End <= end)
        {
            long start = stream.Position;
            // Two bytes say what it is and how long, four are the checksum, least significant first, of all that follows.
            if (element.Id == Cluster && element.End - start > 6)
            {
                stream.ReadExactly(buffer, 0, 6);
                uint? told = buffer[0] == Checksum && buffer[1] == 0x84 ? BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(2)) : null;
                if (told is not null && told != Sum(stream, element.End - start - 6, buffer))
                    return FormattableString.Invariant($"the checksum of its bytes {start:N0} to {element.End:N0} does not fit");
            }

            stream.Position = element.End;
        }

        return null;
    }

    // Null at the end, where something else stands, and for a length that is not told, as of a stream that was recorded.
    private static (ulong Id, long End)? Element(FileStream stream)
    {
        if (Number(stream, keepMark: true) is not { } id || Number(stream, keepMark: false) is not { } length || length > long.MaxValue / 2)
            return null;
        return (id, stream.Position + (long)length);
    }

    // As many bytes as there are zero bits before the first one, and one more (RFC 8794 §4).
    private static ulong? Number(FileStream stream, bool keepMark)
    {
        int first = stream.ReadByte();
        if (first <= 0)
            return null;
        int more = System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 24;
        ulong value = keepMark ? (ulong)first : (ulong)first & ((0x80UL >> more) - 1);
        bool unknown = !keepMark && value == (0x80UL >> more) - 1;
        for (int i = 0; i < more; i++)
        {
            int next = stream.ReadByte();
            if (next < 0)
                return null;
            unknown &= next == 0xFF;
            value = value << 8 | (uint)next;
        }

        return unknown ? null : value;
    }

    private static uint Sum(FileStream stream, long length, byte[] buffer)
    {
        uint sum = uint.MaxValue;
        while (length > 0)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0)
                throw new EndOfStreamException();
            foreach (byte b in buffer.AsSpan(0, read))
                sum = Table[(byte)(sum ^ b)] ^ sum >> 8;
            length -= read;
        }

        return ~sum;
    }

    // CRC-32 of ISO 3309 and zlib.
    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            table[i] = i;
            for (int bit = 0; bit < 8; bit++)
                table[i] = (table[i] & 1) != 0 ? 0xEDB88320 ^ table[i] >> 1 : table[i] >> 1;
        }

        return table;
    }
}
