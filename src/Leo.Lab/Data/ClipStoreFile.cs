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
    public static string Name(IReadOnlyList<string> paths, int size, double? rate, bool keepDamaged) =>
        $"clips-{size}-{Convert.ToHexStringLower(Hash(paths.Select(Path.GetFullPath!), size, rate, keepDamaged))[..16]}.bin";

    /// <summary>Changes whenever a video was replaced since: covers length and modification time of every file.</summary>
    public static byte[] Fingerprint(IReadOnlyList<string> paths, int size, double? rate, bool keepDamaged) =>
        Hash(paths.SelectMany(p => Directory.Exists(p) ? FrameFolder.List(p) : [p]).Select(f =>
        {
            var info = new FileInfo(f);
            return info.Exists ? $"{info.FullName}|{info.Length}|{info.LastWriteTimeUtc.Ticks}" : throw MediaErrors.NotFound(f);
        }), size, rate, keepDamaged);

    /// <returns>The index, or null if the file is missing, of another layout, out of date or incomplete.</returns>
    public static IReadOnlyList<Entry>? Read(string file, int size, byte[] fingerprint)
    {
        if (!File.Exists(file))
            return null;
        using var stream = File.OpenRead(file);
        byte[] header = new byte[HeaderBytes];
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
        byte[] bytes = new byte[count * EntryBytes];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || ChecksumOf(bytes) != checksum)
            return null;
        var entries = new Entry[count];
        for (int i = 0; i < count; i++)
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
        long index = stream.Position;
        byte[] bytes = new byte[entries.Count * EntryBytes];
        for (int i = 0; i < entries.Count; i++)
            Encode(entries[i], bytes.AsSpan(i * EntryBytes, EntryBytes));
        stream.Write(bytes);
        long length = stream.Position;
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
        byte[] header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), size);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), count);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), index);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), length);
        fingerprint.CopyTo(header, 32);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(ChecksumAt), checksum);
        return header;
    }

    // The first number changes where the same files give other frames than they did.
    private static byte[] Hash(IEnumerable<string> lines, int size, double? rate, bool keepDamaged) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(FormattableString.Invariant($"2 {size} {rate:R}{(keepDamaged ? " damaged too" : "")}")))));
}

/// <summary>Decodes videos one after the other into a clip store's file; while one is read, the next one's decoder starts.</summary>
internal static class ClipStoreBuilder
{
    /// <exception cref="MediaException">A video is missing, or is none. One that is damaged gets an entry without frames.</exception>
    /// <exception cref="DataException">A video is smaller than the store's frames.</exception>
    /// <exception cref="FileWriteException">The disk is full or the folder refuses; nothing is left behind.</exception>
    public static void Build(string file, IReadOnlyList<string> paths, VideoReadOptions options, byte[] fingerprint, Action<string>? log)
    {
        string temporary = $"{file}.{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            Sweep(file);
            // Exclusive: Sweep of another process tells live files from those a killed process left.
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 20))
                Write(stream, paths, options, fingerprint, log);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e)
        {
            TryDelete(temporary);
            if (e is IOException or UnauthorizedAccessException)
                throw new FileWriteException(file, e);
            throw;
        }
    }

    private static void Write(FileStream stream, IReadOnlyList<string> paths, VideoReadOptions options, byte[] fingerprint, Action<string>? log)
    {
        int size = options.Size!.Value;
        log?.Invoke($"decoding {paths.Count} {(paths.Count == 1 ? "video" : "videos")} to {size}×{size}");
        stream.Write(new byte[ClipStoreFile.HeaderBytes]);
        List<ClipStoreFile.Entry> entries = [];
        Task<FrameStream>? next = null;
        try
        {
            for (int i = 0; i < paths.Count; i++)
            {
                var opened = next ?? Open(paths[i]);
                next = i + 1 < paths.Count ? Open(paths[i + 1]) : null;
                entries.Add(Add(stream, paths[i], opened, size, log));
                if (log is not null && (i + 1) * 10 / paths.Count > i * 10 / paths.Count && paths.Count >= 10)
                    log($"decoded {i + 1} of {paths.Count} videos");
            }
        }
        finally
        {
            Abandon(next);
        }

        ClipStoreFile.Finish(stream, size, entries, fingerprint);
        stream.Flush(flushToDisk: true);
        return;

        Task<FrameStream> Open(string path) => Task.Run(() => FrameStream.Open(path, options));
    }

    private static ClipStoreFile.Entry Add(FileStream stream, string path, Task<FrameStream> opened, int size, Action<string>? log)
    {
        long offset = stream.Position;
        try
        {
            using var video = opened.GetAwaiter().GetResult();
            Require(video.Source.Width, video.Source.Height);
            byte[] frame = [];
            var checksum = new Checksum();
            while (video.Read(ref frame))
            {
                checksum.Add(frame.AsSpan(0, size * size * 3));
                stream.Write(frame, 0, size * size * 3);
            }

            foreach (var (_, width, height) in video.Sizes.Skip(1))
                Require(width, height);
            return new ClipStoreFile.Entry(offset, video.Count, video.FramesPerSecond, checksum.Value);
        }
        catch (MediaException e) when (e.IsDamage)
        {
            stream.Position = offset;
            stream.SetLength(offset);
            log?.Invoke($"left out: {e.Message}");
            return new ClipStoreFile.Entry(offset, 0, 25, new Checksum().Value);
        }

        void Require(int width, int height)
        {
            if (Math.Min(width, height) < size)
                throw DataException.TooSmall(path, width, height, size);
        }
    }

    private static void Abandon(Task<FrameStream>? next)
    {
        try
        {
            next?.GetAwaiter().GetResult().Dispose();
        }
        catch (LeoException)
        {
            // The error that stopped the work is the one to report.
        }
    }

    private static void Sweep(string file)
    {
        foreach (string part in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + ".*.part"))
        {
            try
            {
                using (new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    File.Delete(part);
            }
            catch (IOException)
            {
                // Another process is writing it.
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
