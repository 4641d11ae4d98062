using System.Buffers.Binary;
using System.Text;

namespace Leo.Lab.Checkpoints.PyTorch;

/// <summary>
/// The directory of a zip archive whose files are stored as they are, as torch.save writes them (PKWARE APPNOTE 4.3,
/// with zip64). It gives positions in the archive, so that tensors can be read one by one.
/// </summary>
/// <remarks>
/// Refused: compression (so that nothing is larger than the file), encryption, parts of archives, names that leave the
/// archive's folder or appear twice, and entries that overlap or lie outside.
/// </remarks>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50;
    private const int EndSize = 22, End64Size = 56, Locator64Size = 20, LongestDirectory = 16 << 20;

    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);
    private readonly RandomAccessFile _file;

    private ZipDirectory(RandomAccessFile file) => _file = file;

    internal IReadOnlyDictionary<string, ZipEntry> Entries => _entries;

    internal static ZipDirectory Read(RandomAccessFile file)
    {
        var zip = new ZipDirectory(file);
        var (start, size, count) = zip.FindDirectory();
        if (start < 0 || size < 0 || size > LongestDirectory || start > file.Length - size)
        {
            throw file.Broken($"expected a zip directory of at most {LongestDirectory} bytes inside the file, found {(ulong)size} bytes at {(ulong)start}");
        }
        byte[] directory = new byte[size];
        file.Read(directory, start);
        zip.ReadEntries(directory, start, count);
        zip.CheckOverlap(start);
        return zip;
    }

    private (long Start, long Size, long Count) FindDirectory()
    {
        // The end record is last, but for a comment of up to 65,535 bytes.
        byte[] tail = new byte[Math.Min(_file.Length, EndSize + ushort.MaxValue)];
        long tailStart = _file.Length - tail.Length;
        _file.Read(tail, tailStart);
        for (int at = tail.Length - EndSize; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = tail.AsSpan(at);
            if (U32(end, 0) != EndSignature || U16(end, 20) != end.Length - EndSize)
            {
                continue;
            }
            if (U16(end, 4) != 0 || U16(end, 6) != 0)
            {
                throw _file.Broken("expected a whole zip archive, found one of several parts");
            }
            return FindDirectory64(tailStart + at) ?? (U32(end, 16), U32(end, 12), U16(end, 10));
        }
        throw _file.Broken("expected a zip archive, found no end of its directory: the file was cut short");
    }

    private (long Start, long Size, long Count)? FindDirectory64(long endRecord)
    {
        if (endRecord < Locator64Size + End64Size)
        {
            return null;
        }
        Span<byte> locator = stackalloc byte[Locator64Size], end = stackalloc byte[End64Size];
        _file.Read(locator, endRecord - Locator64Size);
        if (U32(locator, 0) != Locator64Signature)
        {
            return null;
        }
        long position = I64(locator, 8);
        if (position < 0 || position > endRecord - Locator64Size - End64Size)
        {
            throw _file.Broken($"expected the zip64 record inside the file, found it at {(ulong)position}");
        }
        _file.Read(end, position);
        return U32(end, 0) == End64Signature
            ? (I64(end, 48), I64(end, 40), I64(end, 32))
            : throw _file.Broken("expected a zip64 record, found something else");
    }

    private void ReadEntries(ReadOnlySpan<byte> directory, long start, long count)
    {
        int at = 0;
        for (; at < directory.Length;)
        {
            var rest = directory[at..];
            var entry = ZipEntry.Parse(rest, out int length, out string? problem);
            if (entry is null)
            {
                throw _file.Broken($"the zip directory is damaged at byte {start + at}: {problem}");
            }
            at += length;
            if (UnsafeName(entry.Name))
            {
                throw _file.Broken("expected names inside the archive's folder, found one that leads elsewhere", entry.Name);
            }
            if (entry.Method != 0 || entry.Encrypted)
            {
                throw new CheckpointException(_file.Path, $"expected stored files, found {(entry.Encrypted ? "an encrypted one" : $"compression method {entry.Method}")}",
                    "torch.save compresses nothing: save it again, or pack it with zip -0", entry.Name);
            }
            if (!_entries.TryAdd(entry.Name, Locate(entry)))
            {
                throw _file.Broken("the name appears twice in the zip directory", entry.Name);
            }
        }
        if (_entries.Count != count)
        {
            throw _file.Broken($"expected {(ulong)count} files in the zip directory, found {_entries.Count}");
        }
    }

    // The local header repeats the name; a file that says one thing here and another there wants to deceive someone.
    private ZipEntry Locate(ZipEntry entry)
    {
        Span<byte> local = stackalloc byte[30];
        if (entry.Header < 0 || entry.Header > _file.Length - local.Length)
        {
            throw _file.Broken($"expected the file inside the archive, found it at {(ulong)entry.Header}", entry.Name);
        }
        _file.Read(local, entry.Header);
        int nameLength = U16(local, 26);
        long data = entry.Header + local.Length + nameLength + U16(local, 28);
        if (U32(local, 0) != 0x04034b50 || entry.Length < 0 || data > _file.Length - entry.Length)
        {
            throw _file.Broken($"expected {(ulong)entry.Length} bytes of the file in the archive, found fewer", entry.Name);
        }
        byte[] name = new byte[nameLength];
        _file.Read(name, entry.Header + local.Length);
        if (Encoding.UTF8.GetString(name) != entry.Name || U16(local, 8) != entry.Method)
        {
            throw _file.Broken("expected the same name and method in both places of the zip archive, found others", entry.Name);
        }
        return entry with { Position = data };
    }

    private void CheckOverlap(long directory)
    {
        ZipEntry? last = null;
        foreach (var entry in _entries.Values.OrderBy(e => e.Header))
        {
            if (last is not null && entry.Header < last.Position + last.Length)
            {
                throw _file.Broken($"expected files one after the other, found it overlapping '{last.Name}'", entry.Name);
            }
            last = entry;
        }
        if (last is not null && last.Position + last.Length > directory)
        {
            throw _file.Broken("expected the file before the zip directory, found it overlapping", last.Name);
        }
    }

    private static bool UnsafeName(string name) => name.Length == 0 || name[0] == '/' || name.Contains('\\') || name.Contains('\0')
        || name.Contains(':') || name.Split('/').Contains("..");

    internal static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    internal static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    internal static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
