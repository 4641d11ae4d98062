using System.Formats.Tar;
using Leo.Lab.Data.Fetching;

namespace Leo.Lab.Tests.Data.Fetching;

public sealed class PackageArchiveTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Extract(byte[] archive) =>
        PackageArchive.Extract(archive, "heads.tgz", new Dictionary<string, string> { ["package/a.mp4"] = _folder["out/a.mp4"] });

    private string Fault(byte[] archive)
    {
        string message = Assert.Throws<FetchException>(() => Extract(archive)).Message;
        Assert.StartsWith("heads.tgz: ", message, StringComparison.Ordinal);
        return message;
    }

    [Fact]
    public void Extract_ArchiveWithMore_WritesOnlyWhatIsWanted()
    {
        Extract(Packages.Archive(("../../evil.sh", [1]), ("/etc/evil", [1]), ("package/a.mp4", [1, 2, 3]), ("package/b.js", [4])));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder["out/a.mp4"]));
        Assert.Equal(2017, File.GetLastWriteTimeUtc(_folder["out/a.mp4"]).Year);
        Assert.Single(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Extract_FileMissing_NamesIt() => Assert.Contains("lacks package/a.mp4", Fault(Packages.Archive(("package/b.mp4", [1]))));

    [Fact]
    public void Extract_FileTwice_IsRefused() => Assert.Contains("twice", Fault(Packages.Archive(("package/a.mp4", [1]), ("package/a.mp4", [2]))));

    [Fact]
    public void Extract_LinkInsteadOfAFile_IsRefused()
    {
        Assert.Contains("not a plain file", Fault(Packages.Archive(new PaxTarEntry(TarEntryType.SymbolicLink, "package/a.mp4") { LinkName = "/etc/passwd" })));
        Assert.False(File.Exists(_folder["out/a.mp4"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(40)]
    public void Extract_ArchiveCutShort_IsRefused(int length) =>
        Fault(Packages.Archive(("package/b.mp4", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i))]))[..length]);

    [Fact]
    public void Extract_ZerosWithoutEnd_AreRefused() => Assert.Contains("32 MiB", Fault(Packages.Archive(("package/a.mp4", new byte[(32 << 20) + 1]))));
}
