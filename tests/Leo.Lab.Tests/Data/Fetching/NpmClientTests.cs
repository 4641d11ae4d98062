using System.Diagnostics;
using System.Globalization;
using Leo.Lab.Data.Fetching;

namespace Leo.Lab.Tests.Data.Fetching;

public sealed class NpmClientTests
{
    private static readonly byte[] Archive = Packages.Archive(("package/a.txt", "hello"u8.ToArray()));

    private static readonly PackageReference Heads = new("@some/heads", "1.0.0", Packages.Integrity(Archive), "MIT");

    private static string Fault(FakeNpm npm, PackageReference? package = null)
    {
        string message = Assert.Throws<FetchException>(() => npm.Client.Download(package ?? Heads)).Message;
        Assert.DoesNotContain('\n', message);
        AssertNothingLeft(npm);
        return message;
    }

    private static void AssertNothingLeft(FakeNpm npm) => Assert.False(Directory.Exists(npm.Calls[3]));

    [Fact]
    public void Download_PackageAsPinned_IsWhatNpmLeft()
    {
        using var npm = new FakeNpm(Archive);

        Assert.Equal(Archive, npm.Client.Download(Heads));
        Assert.Equal(["pack", "@some/heads@1.0.0", "--pack-destination"], npm.Calls[..3]);
        Assert.Contains("--ignore-scripts", npm.Calls);
        Assert.Equal(npm.Calls[3], npm.Calls[^1]); // works where no project's settings are
        AssertNothingLeft(npm);
    }

    [Fact]
    public void Download_WithoutNpm_NamesTheOtherWay()
    {
        using var folder = new TempFolder();
        Assert.Equal("npm: is not on the PATH. Install Node.js with npm; or get it on another machine with npm pack @some/heads@1.0.0 and give the file with --package.",
            Assert.Throws<FetchException>(() => new NpmClient(folder.Path).Download(Heads)).Message);
    }

    [Fact]
    public void Download_ProgramThatCannotBeStarted_IsNamed()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["npm"], "");
        Assert.StartsWith($"{folder["npm"]}: cannot be started", Assert.Throws<FetchException>(() => new NpmClient(folder.Path).Download(Heads)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Download_OtherContentThanPinned_IsRefused()
    {
        using var npm = new FakeNpm([.. Archive, 0]);

        Assert.Contains($"{Archive.Length + 1} bytes arrived that are not some-heads-1.0.0.tgz: their SHA-512 differs", Fault(npm));
    }

    // As npm 9 to 11 say it.
    [Theory]
    [InlineData("""{"error": {"code": "E404", "summary": "Not Found - GET x/heads", "detail": "The requested resource\ncould not"}}""", "E404: Not Found - GET x/heads.")]
    [InlineData("""{"error": {"code": "ENOTFOUND", "summary": "request to x failed,\nreason: getaddrinfo ENOTFOUND x"}}""", "ENOTFOUND: request to x failed, reason: getaddrinfo ENOTFOUND x.")]
    [InlineData("""{"error": {"summary": "", "code": "ETIMEDOUT"}}""", "ETIMEDOUT.")]
    [InlineData("""{"error": {""", "npm error network request failed.")]
    [InlineData("""{"error": 7}""", "npm error network request failed.")]
    [InlineData("", "npm error network request failed.")]
    public void Download_NpmFails_GivesItsWords(string output, string expected)
    {
        using var npm = new FakeNpm("cat $here/output; echo 'npm error network request failed' >&2; echo 'npm http fetch GET x' >&2; echo 'npm error A complete log of this run can be found in: y' >&2; exit 1");
        File.WriteAllText(npm["output"], output);

        string message = Fault(npm);

        Assert.StartsWith($"npm pack @some/heads@1.0.0: {expected}", message, StringComparison.Ordinal);
        Assert.Contains("--package", message);
    }

    [Fact]
    public void Download_NpmFailsWithoutAWord_GivesItsCode()
    {
        using var npm = new FakeNpm("echo half > $to/x.tgz; exit 7");
        Assert.Contains("npm ended with 7", Fault(npm));
    }

    [Fact]
    public void Download_NpmLeavesNothing_IsAFault()
    {
        using var npm = new FakeNpm("exit 0");
        Assert.Contains("left no archive", Fault(npm));
    }

    [Fact]
    public void Download_MoreThanTheLimit_IsNotRead()
    {
        using var npm = new FakeNpm("truncate -s 70000000 $to/x.tgz");
        Assert.Contains("66 MiB", Fault(npm));
    }

    [Fact]
    public void Download_NpmThatSaysNothing_IsEndedWithWhatItStarted()
    {
        using var npm = new FakeNpm("sleep 600 & echo $! > $here/child; wait");

        string message = Assert.Throws<FetchException>(() => new NpmClient(npm.Path, TimeSpan.FromSeconds(1)).Download(Heads)).Message;

        Assert.Contains("npm said nothing for 1 s", message);
        AssertEnded(npm);
    }

    [Fact]
    public async Task Download_Cancelled_EndsNpm()
    {
        using var npm = new FakeNpm("sleep 600 & echo $! > $here/child; wait");
        using var stop = new CancellationTokenSource();
        var download = Task.Run(() => npm.Client.Download(Heads, stop.Token));
        while (!File.Exists(npm["child"]) || new FileInfo(npm["child"]).Length == 0)
            await Task.Delay(20);

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        AssertEnded(npm);
    }

    private static void AssertEnded(FakeNpm npm)
    {
        AssertNothingLeft(npm);
        Assert.True(HasEnded(int.Parse(File.ReadAllText(npm["child"]), CultureInfo.InvariantCulture)));
    }

    private static bool HasEnded(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.WaitForExit(5000);
        }
        catch (ArgumentException)
        {
            return true; // nobody has that number any more
        }
    }
}
