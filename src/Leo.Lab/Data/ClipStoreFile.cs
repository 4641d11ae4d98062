using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Leo.Lab.Media;

namespace Leo.Lab.Data;

/// <summary>
/// The layout of a clip store's file: a header of <see cref="HeaderBytes"/> bytes (magic, side, number of videos, where the index
/// begins, length, fingerprint), all frames as uint8 RGB, and the index (path, offset, frames and rate of each video).
/// </summary>
internal static class ClipStoreFile
{
    public const int HeaderBytes = 128;
    private const int SmallestEntry = 1 + 8 + 4 + 8;
    private static readonly byte[] Magic = "LEOCLIP1"u8.ToArray();

    public sealed record Entry(string Path, long Offset, int Frames, double FramesPerSecond);

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
        var expected = Header(size, BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)), BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16)), stream.Length, fingerprint);
        if (!header.AsSpan().SequenceEqual(expected))
            return null;

        long index = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16));
        int count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        return index >= HeaderBytes && index <= stream.Length && count >= 0 && count <= (stream.Length - index) / SmallestEntry ? ReadIndex(stream, size, index, count) : null;
    }

    // The header is whole, but nothing says that the rest is: what cannot be right makes the store be built again.
    private static Entry[]? ReadIndex(FileStream stream, int size, long index, int count)
    {
        stream.Position = index;
        using var reader = new BinaryReader(stream);
        var entries = new Entry[count];
        try
        {
            for (var i = 0; i < entries.Length; i++)
            {
                entries[i] = new Entry(Text(reader), reader.ReadInt64(), reader.ReadInt32(), reader.ReadDouble());
                if (entries[i] is not { Offset: >= HeaderBytes, Frames: >= 0, FramesPerSecond: > 0 and <= 1000 } e || e.Offset > index || e.Frames > (index - e.Offset) / (3L * size * size))
                    return null;
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or IOException)
        {
            return null;
        }

        return entries;
    }

    // BinaryReader would ask for as much memory as a damaged length says.
    private static string Text(BinaryReader reader)
    {
        int length = reader.Read7BitEncodedInt();
        return length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position
            ? Encoding.UTF8.GetString(reader.ReadBytes(length))
            : throw new EndOfStreamException();
    }

    /// <summary>Writes the index at the stream's end and the header at its beginning.</summary>
    public static void Finish(Stream stream, int size, IReadOnlyList<Entry> entries, byte[] fingerprint)
    {
        var index = stream.Position;
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.Write(entry.Path);
                writer.Write(entry.Offset);
                writer.Write(entry.Frames);
                writer.Write(entry.FramesPerSecond);
            }
        }

        var length = stream.Position;
        stream.Position = 0;
        stream.Write(Header(size, entries.Count, index, length, fingerprint));
    }

    private static byte[] Header(int size, int count, long index, long length, byte[] fingerprint)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), size);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), count);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), index);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), length);
        fingerprint.CopyTo(header, 32);
        return header;
    }

    private static byte[] Hash(IEnumerable<string> lines, int size, double? rate) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(FormattableString.Invariant($"1 {size} {rate:R}")))));
}
