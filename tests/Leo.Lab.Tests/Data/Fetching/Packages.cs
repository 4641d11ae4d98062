using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Leo.Lab.Tests.Data.Fetching;

/// <summary>Small packages.</summary>
internal static class Packages
{
    public static string Integrity(byte[] archive) => "sha512-" + Convert.ToBase64String(SHA512.HashData(archive));

    /// <summary>A gzipped tar.</summary>
    public static byte[] Archive(params (string Name, byte[] Content)[] files) => Archive([.. files.Select(f => Entry(f.Name, f.Content))]);

    public static byte[] Archive(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(bytes, CompressionLevel.Fastest)))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    public static TarEntry Entry(string name, byte[] content) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = new DateTimeOffset(2017, 7, 5, 22, 25, 0, TimeSpan.Zero) };
}
