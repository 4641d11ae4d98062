using Leo.Lab.Data.Fetching;

namespace Leo.Lab.Tests.Data.Fetching;

public sealed class NpmRegistryTests
{
    private static readonly byte[] Archive = PackageServer.Archive(("package/a.txt", "hello"u8.ToArray()));

    private static PackageReference Heads(string? integrity = null) => new("heads", "1.0.0", integrity ?? PackageServer.Integrity(Archive), "MIT");

    private static string Fault(string address, PackageReference package)
    {
        using var registry = new NpmRegistry(address);
        return Assert.Throws<FetchException>(() => registry.Download(package)).Message;
    }

    [Fact]
    public void Download_PackageAsPinned_IsWhatWasServed()
    {
        using var server = new PackageServer(Archive);
        using var registry = new NpmRegistry(server.Address + "/");

        Assert.Equal(Archive, registry.Download(Heads()));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public void Download_OtherContentThanTheRegistryPromised_IsRefused()
    {
        using var server = new PackageServer([.. Archive, 0], PackageServer.Integrity(Archive));

        Assert.Contains("their SHA-512 differs", Fault(server.Address, Heads()));
    }

    [Fact]
    public void Download_RegistryThatNamesOtherContent_IsRefusedBeforeTheArchive()
    {
        using var server = new PackageServer(Archive);

        Assert.Contains("names another content of heads 1.0.0", Fault(server.Address, Heads("sha512-AAAA")));
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("gone", "does not have it (404)")]
    [InlineData("nonsense", "not a package's metadata")]
    public void Download_NotThere_SaysSo(string name, string problem)
    {
        using var server = new PackageServer(Archive);

        Assert.Contains(problem, Fault(server.Address, Heads() with { Name = name }));
    }

    [Fact]
    public void Download_WithoutNetwork_SaysWhatToDo()
    {
        string address;
        using (var server = new PackageServer(Archive))
            address = server.Address;

        string message = Fault(address, Heads());

        Assert.Contains("cannot be reached", message);
        Assert.Contains("--package", message);
    }

    [Theory]
    [InlineData("file:///etc")]
    [InlineData("registry")]
    public void Registry_AddressThatIsNoHttp_IsRefused(string address) => Assert.Throws<FetchException>(() => new NpmRegistry(address));
}
