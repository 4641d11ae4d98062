using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Checkpoints;
using Leo.Lab.Media;

namespace Leo.Lab.Data;

/// <summary>
/// The layout of a clip store's file: a header of <see cref="HeaderBytes"/> bytes (magic, side, number of videos, where the index
/// begins, length, fingerprint, CRC-32C of the index), all frames as uint8 RGB, and the index (offset, frames, rate and CRC-32C of the
/// frames of each video).
/// </summary>
internal static class ClipStoreFile
{
    public const int HeaderBytes = 128;
    private const int EntryBytes = 8 + 4 + 8 + 4, ChecksumAt = 64;
    private static readonly byte[] Magic = "LEOCLIP2"u8.ToArray();

    public sealed record Entry(long Offset, int Frames, double FramesPerSecond, uint Checksum);

    /// <summary>Name by which videos, side and rate are found again.</summary>
    public static string Name(IReadOnlyList<string> paths, int size, double? rate) =>
        $"clips-{size}-{Convert.ToHexStringLower(Hash(paths.Select(Path.GetFullPath!), size, rate))[..16]}.bin";

    /// <summary>Changes whenever a video was replaced since: covers length and modification time of every file.</summary>
    public static byte[] Fingerprint(IReadOnlyList<string> paths, int size, double? rate) =>
        Hash(paths.SelectMany(p => Directory.Exists(p) ? FrameFolder.List(p) : [p]).Select(f =>
        {
            var info = new FileInfo(f);
            return info.Exists ? $"{info.FullName}|{info.Length}|{info.LastWriteTimeUtc.Ticks}" : throw MediaErrors.NotFound(f);
        }), size, rate);

    /// <returns>The index, or null if the file is missing, of another layout, out of date or incomplete.</returns>
    public static IReadOnlyList<Entry>? Read(string file, int size, byte[] fingerprint)
    {
        if (!File.Exists(file))
            return null;
        using var stream = File.OpenRead(file);
        var header = new byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            return null;
        int count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        long index = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16));
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(ChecksumAt));
        if (!header.AsSpan().SequenceEqual(Header(size, count, index, stream.Length, fingerprint, checksum)))
            return null;
        return index >= HeaderBytes && index <= stream.Length && count >= 0 && count <= Math.Min(Array.MaxLength, stream.Length - index) / EntryBytes
            ? ReadIndex(stream, size, index, count, checksum)
            : null;
    }

    // What cannot be right makes the store be built again.
    private static Entry[]? ReadIndex(Stream stream, int size, long index, int count, uint checksum)
    {
        stream.Position = index;
        var bytes = new byte[count * EntryBytes];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || ChecksumOf(bytes) != checksum)
            return null;
        var entries = new Entry[count];
        for (var i = 0; i < count; i++)
        {
            var e = entries[i] = Decode(bytes.AsSpan(i * EntryBytes, EntryBytes));
            if (e is not { Offset: >= HeaderBytes, Frames: >= 0, FramesPerSecond: > 0 and <= 1000 } || e.Offset > index || e.Frames > (index - e.Offset) / (3L * size * size))
                return null;
        }

        return entries;
    }

    /// <summary>Writes the index at the stream's end and the header at its beginning.</summary>
    public static void Finish(Stream stream, int size, IReadOnlyList<Entry> entries, byte[] fingerprint)
    {
        var index = stream.Position;
        var bytes = new byte[entries.Count * EntryBytes];
        for (var i = 0; i < entries.Count; i++)
            Encode(entries[i], bytes.AsSpan(i * EntryBytes, EntryBytes));
        stream.Write(bytes);
        var length = stream.Position;
        stream.Position = 0;
        stream.Write(Header(size, entries.Count, index, length, fingerprint, ChecksumOf(bytes)));
    }

    private static Entry Decode(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadDoubleLittleEndian(bytes[12..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));

    private static void Encode(Entry entry, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, entry.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], entry.Frames);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[12..], entry.FramesPerSecond);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], entry.Checksum);
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Checksum();
        checksum.Add(bytes);
        return checksum.Value;
    }

    private static byte[] Header(int size, int count, long index, long length, byte[] fingerprint, uint checksum)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), size);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), count);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), index);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), length);
        fingerprint.CopyTo(header, 32);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(ChecksumAt), checksum);
        return header;
    }

    private static byte[] Hash(IEnumerable<string> lines, int size, double? rate) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(FormattableString.Invariant($"1 {size} {rate:R}")))));
}
