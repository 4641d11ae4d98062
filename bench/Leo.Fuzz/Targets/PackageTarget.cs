using System.Formats.Tar;
using System.IO.Compression;
using Leo.Fuzz.Mutation;
using Leo.Lab.Data.Fetching;

namespace Leo.Fuzz.Targets;

/// <summary>Downloaded archives: names that lead elsewhere, links, entries twice, archives that unpack without end.</summary>
internal sealed class PackageTarget : FuzzTarget
{
    public override string Name => "package";

    public override int InputsInTests => 400;

    public override void Make(FuzzRandom random, string folder)
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, random.Pick([TarEntryFormat.Ustar, TarEntryFormat.Pax, TarEntryFormat.Gnu]), leaveOpen: true))
        {
            for (int left = 1 + random.Below(4); left > 0; left--)
            {
                string name = random.Pick(["package/a.bin", "package/a.bin", "package/b.bin", $"../{Hostile.Mark}", $"/tmp/../{Hostile.Mark}", "package/../../x"]);
                var kind = random.Pick([TarEntryType.RegularFile, TarEntryType.RegularFile, TarEntryType.SymbolicLink, TarEntryType.HardLink, TarEntryType.Directory]);
                var entry = new UstarTarEntry(kind, name) { ModificationTime = DateTimeOffset.UnixEpoch };      // not the time of day: the same seed is the same input
                if (kind is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                    entry.LinkName = random.Pick(["../../canary/song", "/etc/passwd", "package/a.bin"]);
                else if (kind == TarEntryType.RegularFile)
                    entry.DataStream = new MemoryStream(random.Chance(0.01) ? new byte[40 << 20] : random.Bytes(random.Below(2000)));
                tar.WriteEntry(entry);
            }
        }
        byte[] bytes = random.Chance(0.3) ? ByteMutation.Apply(random, plain.ToArray()) : plain.ToArray();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
            if (random.Chance(0.005))
            {
                byte[] nothing = new byte[1 << 20];
                for (int i = 0; i < 600; i++) gzip.Write(nothing);
            }
        }
        bytes = packed.ToArray();
        File.WriteAllBytes(Path.Combine(folder, "x.tgz"), random.Chance(0.3) ? ByteMutation.Apply(random, bytes) : bytes);
    }

    public override void Read(string folder, string output) => PackageArchive.Extract(
        File.ReadAllBytes(Path.Combine(folder, "x.tgz")), "x", new Dictionary<string, string> { ["package/a.bin"] = Path.Combine(output, "a.bin") });
}
