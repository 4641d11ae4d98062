using System.Diagnostics;

namespace Leo.Cli.Tests;

/// <summary>The functions of the script <c>lab</c>, sourced by bash.</summary>
public sealed class LabScriptTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("leo-lab-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void SummariseTrx_SeveralProjects_AddUp()
    {
        string a = Trx("a", "total=\"12\" executed=\"10\" passed=\"10\" failed=\"0\" error=\"0\"");
        string b = Trx("b", "total=\"5\" executed=\"5\" passed=\"5\" failed=\"0\" error=\"0\"");
        Assert.Equal((0, "15 passed, 0 failed, 2 skipped"), Summarise(a, b));
    }

    [Fact]
    public void SummariseTrx_FailuresAndTimeouts_CountAsFailedAndFail()
    {
        string file = Trx("a", "total=\"9\" executed=\"9\" passed=\"6\" failed=\"2\" error=\"0\" timeout=\"1\"");
        Assert.Equal((1, "6 passed, 3 failed, 0 skipped"), Summarise(file));
    }

    [Fact]
    public void SummariseTrx_ProcessThatDied_IsAFailure()
    {
        string good = Trx("a", "total=\"3\" executed=\"3\" passed=\"3\" failed=\"0\"");
        string empty = Path.Combine(folder, "b.trx");
        File.WriteAllText(empty, "");
        Assert.Equal((1, "3 passed, 2 failed, 0 skipped"), Summarise(good, empty, Path.Combine(folder, "missing.trx")));
    }

    [Fact]
    public void SummariseTrx_NoTestAtAll_Fails()
    {
        string file = Trx("a", "total=\"0\" executed=\"0\" passed=\"0\" failed=\"0\"");
        Assert.Equal((1, "0 passed, 0 failed, 0 skipped"), Summarise(file));
    }

    [Fact]
    public void SourcesNewerThan_StampAndSources_TellWhetherToBuild()
    {
        string stamp = Path.Combine(folder, "stamp");
        Assert.Equal(0, Bash($"sources_newer_than '{stamp}' src").Code);
        File.WriteAllText(stamp, "");
        File.SetLastWriteTimeUtc(stamp, DateTime.UtcNow.AddDays(1));
        Assert.Equal(1, Bash($"sources_newer_than '{stamp}' src").Code);
        File.SetLastWriteTimeUtc(stamp, DateTime.UnixEpoch);
        Assert.Equal(0, Bash($"sources_newer_than '{stamp}' src").Code);
    }

    [Fact]
    public void NeededPackages_WithNuGetsLibtorch_AreForVideosAndNotebooksAlone() =>
        Assert.Equal(["ffmpeg", "libzmq5"], Commandline.Lines(Bash("LAB_TORCH=cpu; needed_packages").Out).Select(l => l.Split(' ')[0]));

    [Fact]
    public void NeededPackages_ForTests_AddJupyter()
    {
        string[] packages = [.. Commandline.Lines(Bash("needed_packages test").Out).Select(l => l.Split(' ')[0])];
        Assert.Contains("jupyter-nbconvert", packages);
        Assert.Contains("jupyter-notebook", packages);
    }

    [Fact]
    public void NeededPackages_ForTestsAlone_HaveABrowser()
    {
        Assert.Contains(Commandline.Lines(Bash("needed_packages test").Out), l => l.StartsWith("chromium ", StringComparison.Ordinal));
        Assert.DoesNotContain("chromium", Bash("needed_packages").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void NeededPackages_EachHasAReason() =>
        Assert.All(Commandline.Lines(Bash("needed_packages").Out), line => Assert.True(line.Split(' ').Length > 3, line));

    private (int, string) Summarise(params string[] files)
    {
        var (code, output) = Bash($"summarise_trx {string.Join(' ', files.Select(f => $"'{f}'"))}");
        return (code, output.TrimEnd('\n'));
    }

    private static (int Code, string Out) Bash(string script)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"source '{Lab()}' && {script}");
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static string Lab()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Leo.Lab.sln")))
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside of the project.");
        return Path.Combine(at.FullName, "lab");
    }

    private string Trx(string name, string counters)
    {
        string path = Path.Combine(folder, name + ".trx");
        File.WriteAllText(path, $"<TestRun>\n  <ResultSummary outcome=\"Completed\">\n    <Counters {counters} />\n  </ResultSummary>\n</TestRun>\n");
        return path;
    }
}
