namespace Leo.Cli.Tests;

/// <summary>The script <c>lab</c> on machines that lack something.</summary>
public sealed class LabScriptTests : IDisposable
{
    private const int Package = 10, Sdk = 11, Build = 12, NuGet = 13;

    private const string Offline = """
        echo "Err:1 http://deb bookworm InRelease"
        echo "  Temporary failure resolving 'deb.debian.org'"
        echo "W: Failed to fetch http://deb/dists/bookworm/InRelease  Temporary failure resolving 'deb.debian.org'"
        echo "W: Some index files failed to download. They have been ignored, or old ones used instead."
        """;

    private const string NoRelease = """
        echo "Hit:1 http://deb bookworm InRelease"
        echo "Err:2 http://other bookwurm Release"
        echo "  404  Not Found"
        echo "E: The repository 'http://other bookwurm Release' does not have a Release file."
        """;

    private readonly BareMachine _machine = new();

    public void Dispose() => _machine.Dispose();

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
        string empty = _machine.At("b.trx");
        File.WriteAllText(empty, "");
        Assert.Equal((1, "3 passed, 2 failed, 0 skipped"), Summarise(good, empty, _machine.At("missing.trx")));
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
        string stamp = _machine.At("stamp");
        Assert.Equal(0, _machine.Sourced($"sources_newer_than '{stamp}' src").Code);
        File.WriteAllText(stamp, "");
        File.SetLastWriteTimeUtc(stamp, DateTime.UtcNow.AddDays(1));
        Assert.Equal(1, _machine.Sourced($"sources_newer_than '{stamp}' src").Code);
        File.SetLastWriteTimeUtc(stamp, DateTime.UnixEpoch);
        Assert.Equal(0, _machine.Sourced($"sources_newer_than '{stamp}' src").Code);
    }

    [Theory]
    [InlineData("", "ffmpeg")]
    [InlineData("run", "ffmpeg")]
    [InlineData("train", "ffmpeg")]
    [InlineData("build", "ffmpeg")]
    [InlineData("kernel", "ffmpeg libzmq5")]
    [InlineData("notebook", "ffmpeg libzmq5")]
    [InlineData("bench", "ffmpeg libzmq5")]
    [InlineData("reliability", "ffmpeg gcc libc6-dev")]
    [InlineData("test", "ffmpeg libzmq5 gcc libc6-dev jupyter-nbconvert jupyter-notebook chromium openmpi-bin")]
    public void NeededPackages_OfACommand_AreNoMoreThanItUses(string command, string packages) =>
        Assert.Equal(packages, string.Join(' ', _machine.Sourced($"needed_packages {command}").Out.Split('\n').Select(line => line.Split(' ')[0])));

    [Fact]
    public void NeededPackages_EachHasAReason() =>
        Assert.All(_machine.Sourced("needed_packages test").Out.Split('\n'), line => Assert.True(line.Split(' ').Length > 3, line));

    [Fact]
    public void HasCandidate_LongAnswer_IsTrueEveryTime()
    {
        _machine.Program("apt-cache", """printf '%s:\n  Candidate: 1.0\n' "$2"; seq 10000""");
        Assert.Equal("20", _machine.Sourced("yes=0; for i in {1..20}; do has_candidate ffmpeg && yes=$((yes + 1)); done; echo $yes").Out);
    }

    [Fact]
    public void HasCandidate_PackageWithoutAVersion_IsFalse()
    {
        _machine.Program("apt-cache", """printf '%s:\n  Candidate: (none)\n' "$2" """);
        Assert.Equal(1, _machine.Sourced("has_candidate ffmpeg").Code);
    }

    [Fact]
    public void HasSdk_LongAnswer_IsTrueEveryTime()
    {
        _machine.Dotnet(BareMachine.Builds, sdks: "echo '10.0.100 [/sdk]'; seq 10000");
        Assert.Equal("20", _machine.Sourced("yes=0; for i in {1..20}; do has_sdk && yes=$((yes + 1)); done; echo $yes").Out);
    }

    [Fact]
    public void Run_BareMachine_UpdatesInstallsBuildsAndHandsOver()
    {
        var run = _machine.Lab("run");
        Assert.Equal((0, "leo: OMP_WAIT_POLICY=passive"), (run.Code, run.Out));
        Assert.Equal(["lab: installing ffmpeg: reads and writes every video and image", "lab: building src/Leo.Cli"], run.Error);
        Assert.Equal(["update", "install -y --no-install-recommends ffmpeg"], AptGet());
        Assert.Contains(_machine.Calls, c => c.StartsWith("dotnet build src/Leo.Cli -c Release -p:Torch=cpu ", StringComparison.Ordinal));
        Assert.Equal($"dotnet {_machine.At("leo/src/Leo.Cli/bin/Release/net10.0/leo.dll")} run", _machine.Calls[^1]);
    }

    [Fact]
    public void Run_SecondTime_InstallsAndBuildsNothing()
    {
        _machine.Lab("run");
        _machine.Forget();
        var run = _machine.Lab("run");
        Assert.Equal(0, run.Code);
        Assert.Empty(run.Error);
        Assert.Empty(AptGet());
        Assert.DoesNotContain(_machine.Calls, c => c.StartsWith("dotnet build", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_BuiltProgramWasDeleted_BuildsAgain()
    {
        _machine.Lab("run");
        Directory.Delete(_machine.At("leo/src/Leo.Cli/bin"), recursive: true);
        Assert.Equal(["lab: building src/Leo.Cli"], _machine.Lab("run").Error);
    }

    [Fact]
    public void Run_Cuda_HasItsOwnFolderAndStamp()
    {
        _machine.Lab("run");
        var run = _machine.Lab("run", "LAB_TORCH=cuda");
        Assert.Equal(["lab: building src/Leo.Cli"], run.Error);
        Assert.Contains(_machine.Calls, c => c.Contains("-p:Torch=cuda", StringComparison.Ordinal));
        Assert.EndsWith("/bin/cuda/Release/net10.0/leo.dll run", _machine.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_UnknownProvider_IsAMistakeOfTheCommandLine()
    {
        var run = _machine.Lab("run", "LAB_TORCH=system");
        Assert.Equal((2, "lab: LAB_TORCH=system is none of cpu, cuda"), (run.Code, run.Reason));
    }

    [Fact]
    public void Run_OtherWaitPolicy_IsKept() =>
        Assert.Equal("leo: OMP_WAIT_POLICY=active", _machine.Lab("run", "OMP_WAIT_POLICY=active").Out);

    [Fact]
    public void Packages_KnownFromListsAtHand_AreInstalledWithoutAnUpdate()
    {
        _machine.Know("ffmpeg", "libzmq5");
        Assert.Equal(0, _machine.Lab("notebook check").Code);
        Assert.Equal(["install -y --no-install-recommends ffmpeg libzmq5"], AptGet());
    }

    [Fact]
    public void Packages_Install_WaitsForAnotherAptsLock()
    {
        _machine.Lab("run");
        Assert.Contains("apt-get -q -o DPkg::Lock::Timeout=120 install -y --no-install-recommends ffmpeg", _machine.Calls);
    }

    [Fact]
    public void Packages_ListsLockedByAnotherApt_AreWaitedFor()
    {
        _machine.Apt(
            update: "if mkdir $MACHINE/locked 2>/dev/null; then echo 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7'; exit 100; fi; touch $MACHINE/known/ffmpeg",
            install: BareMachine.Installs);
        Assert.Equal(0, _machine.Lab("run").Code);
        Assert.Equal(["update", "update", "install -y --no-install-recommends ffmpeg"], AptGet());
    }

    [Fact]
    public void Packages_ToolsPutThereByHand_ServeAsWell()
    {
        _machine.Program("ffmpeg", "");
        _machine.Program("ffprobe", "");
        _machine.Program("google-chrome", "");
        _machine.Program("gcc", "");
        _machine.Program("cc", "");
        _machine.Have("libzmq5", "libc6-dev", "jupyter-nbconvert", "jupyter-notebook", "openmpi-bin");
        Assert.Equal(0, _machine.Sourced("ensure_packages test").Code);
        Assert.Empty(AptGet());
    }

    [Fact]
    public void Packages_FfmpegWithoutFfprobe_IsInstalled()
    {
        _machine.Program("ffmpeg", "");
        _machine.Lab("run");
        Assert.Contains("install -y --no-install-recommends ffmpeg", AptGet());
    }

    [Fact]
    public void Packages_NotRootWithSudo_AreInstalledThroughIt()
    {
        _machine.Program("id", "echo 1000");
        _machine.Program("sudo", "exec \"$@\"");
        Assert.Equal(0, _machine.Lab("run").Code);
        Assert.Contains(_machine.Calls, c => c.StartsWith("sudo env ", StringComparison.Ordinal) && c.EndsWith(" ffmpeg", StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_NotRootAndNoSudo_SaysWhatToRun()
    {
        _machine.Program("id", "echo 1000");
        Stops(Package, "missing: ffmpeg. Not root and no sudo here; as root run: apt-get update && apt-get install ffmpeg", lines: 1);
        Assert.Empty(AptGet());
    }

    [Fact]
    public void Packages_SudoThatRefuses_IsQuoted()
    {
        _machine.Know("ffmpeg");
        _machine.Program("id", "echo 1000");
        _machine.Program("sudo", "echo 'sudo: a password is required' >&2; exit 1");
        Stops(Package, "could not install ffmpeg: sudo: a password is required.");
    }

    [Fact]
    public void Packages_InstallingForbidden_SaysWhatIsMissing()
    {
        var run = _machine.Lab("kernel install", "LAB_NO_INSTALL=1");
        Assert.Equal(Package, run.Code);
        Assert.Equal(["lab: missing: ffmpeg libzmq5. LAB_NO_INSTALL is set; install them yourself: apt-get install ffmpeg libzmq5"], run.Error);
        Assert.Empty(AptGet());
    }

    [Fact]
    public void Packages_NoNetwork_SaysSo()
    {
        _machine.Apt(Offline, BareMachine.Installs);
        Stops(Package, "cannot get ffmpeg: no package source can be reached (Temporary failure resolving 'deb.debian.org');");
        Assert.Equal(["update"], AptGet());
        Assert.Contains("Some index files failed", AptLog(), StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_BrokenSource_NamesItAndTheLog()
    {
        _machine.Apt(NoRelease + "\nexit 100", BareMachine.Installs);
        string reason = Stops(Package, "cannot get ffmpeg: apt-get update failed (E: The repository 'http://other bookwurm Release' does not have a Release file);");
        Assert.EndsWith("apt's whole output is in " + _machine.At("leo/build/apt.log"), reason, StringComparison.Ordinal);
        Assert.Contains("404  Not Found", AptLog(), StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_DiskFullWhileUpdating_SaysSo()
    {
        _machine.Apt("echo 'E: Write error - write (28: No space left on device)'; exit 100", BareMachine.Installs);
        Stops(Package, "cannot get ffmpeg: the disk is full. apt's whole output is in ");
    }

    [Fact]
    public void Packages_SomeSourcesFail_ThePackageIsInstalledNevertheless()
    {
        _machine.Apt(NoRelease + "\ntouch $MACHINE/known/ffmpeg\nexit 100", BareMachine.Installs);
        Assert.Equal(0, _machine.Lab("run").Code);
        Assert.Equal(["update", "install -y --no-install-recommends ffmpeg"], AptGet());
    }

    [Fact]
    public void Packages_SourceOfADependencyFails_NamesBoth()
    {
        _machine.Apt(NoRelease + "\ntouch $MACHINE/known/ffmpeg\nexit 100", "echo 'E: Unable to correct problems, you have held broken packages.'; exit 100");
        string reason = Stops(Package, "could not install ffmpeg: E: Unable to correct problems, you have held broken packages; apt-get update failed (");
        Assert.Contains("'http://other bookwurm Release'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_InNoSource_SaysWhichSourceHasIt()
    {
        _machine.Apt("echo 'Hit:1 http://deb bookworm InRelease'", BareMachine.Installs);
        Stops(Package, "cannot get ffmpeg: no package source of this machine has it; add one of Debian 12");
    }

    [Fact]
    public void Packages_DownloadFails_NamesThePackageAndTheLog()
    {
        _machine.Know("ffmpeg");
        _machine.Apt("echo 'Hit:1 http://deb bookworm InRelease'", """
            echo "E: Failed to fetch http://deb/pool/main/f/ffmpeg/libavcodec59_5.1.6-0%2bdeb12u1_amd64.deb  404  Not Found"
            echo "E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?"
            exit 100
            """);
        string reason = Stops(Package, "could not install ffmpeg: the download of package libavcodec59 failed (404  Not Found).");
        Assert.EndsWith(_machine.At("leo/build/apt.log"), reason, StringComparison.Ordinal);
        Assert.Contains("Unable to fetch some archives", AptLog(), StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_DownloadGoneFromStaleLists_WorksAfterAnUpdate()
    {
        _machine.Know("ffmpeg");
        _machine.Apt("touch $MACHINE/fresh", $$"""
            [[ -e $MACHINE/fresh ]] || { echo "E: Failed to fetch http://deb/ffmpeg_5.1_amd64.deb  404  Not Found"; exit 100; }
            {{BareMachine.Installs}}
            """);
        Assert.Equal(0, _machine.Lab("run").Code);
        Assert.Equal(["install", "update", "install"], AptGet().Select(c => c.Split(' ')[0]));
    }

    [Theory]
    [InlineData("dpkg: error processing package libavutil57:amd64 (--configure):", "dpkg failed on package libavutil57:amd64.")]
    [InlineData("E: You don't have enough free space in /var/cache/apt/archives/.", "the disk is full.")]
    [InlineData("E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt)", "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt).")]
    [InlineData("The following packages have unmet dependencies:\n ffmpeg : Depends: libavdevice59 but it is not installable", "unmet dependencies (ffmpeg : Depends: libavdevice59 but it is not installable).")]
    public void Packages_InstallFails_SaysWhy(string said, string expected)
    {
        _machine.Know("ffmpeg");
        _machine.Apt("", $"echo \"{said}\"; exit 100");
        Stops(Package, "could not install ffmpeg: " + expected);
    }

    [Fact]
    public void Packages_BuildFolderCannotBeWritten_TheLogIsATemporaryFile()
    {
        _machine.Apt(Offline, BareMachine.Installs);
        File.WriteAllText(_machine.At("leo/build"), "");
        string log = Stops(Package, "cannot get ffmpeg: ").Split(" is in ")[1];
        Assert.StartsWith(_machine.At("tmp."), log, StringComparison.Ordinal);
        Assert.Contains("Some index files failed", File.ReadAllText(log), StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_NeitherDebianNorUbuntu_SaysSo()
    {
        _machine.Remove("apt-get", "apt-cache", "dpkg-query");
        Stops(Package, "ffmpeg (with ffprobe) is missing and this is neither Debian nor Ubuntu;", lines: 1);
        _machine.Program("ffmpeg", "");
        _machine.Program("ffprobe", "");
        Assert.Equal(0, _machine.Lab("run").Code);
    }

    [Fact]
    public void Sdk_NoDotnet_IsSaidBeforeAnythingIsInstalled()
    {
        _machine.Remove("dotnet");
        Stops(Sdk, "the .NET 10 SDK is missing. Get the SDK from https://", lines: 1);
        Assert.Equal(["update"], AptGet());
    }

    [Theory]
    [InlineData("echo '8.0.404 [/sdk]'; echo '9.0.100 [/sdk]'", " has only 8.0.404, 9.0.100. Get the SDK")]
    [InlineData("", " has no SDK. Get the SDK")]
    [InlineData("echo 'dotnet: error while loading libstdc++.so.6' >&2; exit 127", " does not work (dotnet: error while loading libstdc++.so.6). Get the SDK")]
    [InlineData("echo 'No hostfxr'; kill -ABRT $$", " does not work (No hostfxr). Get the SDK")]
    [InlineData("echo '10.0.100 [/sdk]'; exit 1", " does not work (10.0.100 [/sdk]). Get the SDK")]
    public void Sdk_NoUsableOne_SaysWhatIsThere(string sdks, string expected)
    {
        _machine.Dotnet(BareMachine.Builds, sdks);
        Assert.Contains(_machine.At("bin/dotnet") + expected, Stops(Sdk, "", lines: 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Sdk_PackageOfUbuntu_IsInstalled()
    {
        _machine.Program("fresh-dotnet", "[[ $1 != --list-sdks ]] || echo '10.0.100 [/sdk]'");
        _machine.Remove("dotnet");
        _machine.Know("dotnet-sdk-10.0", "ffmpeg");
        _machine.Apt("", "cp \"$MACHINE/bin/fresh-dotnet\" \"$MACHINE/bin/dotnet\"");
        var run = _machine.Sourced("ensure_sdk");
        Assert.Equal(0, run.Code);
        Assert.Equal(["lab: installing dotnet-sdk-10.0: the compiler and runtime of C#"], run.Error);
    }

    [Theory]
    [InlineData("error NU1301: Unable to load the service index for source https://packages.example/index.json.", "NU1301: Unable to load the service index for source https://packages.example/index.json")]
    [InlineData("error NU1101: Unable to find package TorchSharp. No packages exist with this id in source(s): offline", "NU1101: Unable to find package TorchSharp. No packages exist with this id in source(s): offline")]
    [InlineData("error NU1102: Unable to find package TorchSharp with version (>= 0.107.0)", "NU1102: Unable to find package TorchSharp with version (>= 0.107.0)")]
    [InlineData("error NU1103: Unable to find a stable package TorchSharp", "NU1103: Unable to find a stable package TorchSharp")]
    [InlineData("error : Failed to download package 'libtorch-cpu.2.10.0' from 'https://x'", "Failed to download package 'libtorch-cpu.2.10.0' from 'https://x'")]
    public void Build_NuGetCannotBeReached_HasACodeOfItsOwn(string said, string expected)
    {
        _machine.Have("ffmpeg");
        _machine.Dotnet($"echo \"/leo/src/Leo.Cli/Leo.Cli.csproj : {said} [/leo/Leo.Lab.sln]\"; exit 1");
        string reason = Stops(NuGet, $"the NuGet packages of src/Leo.Cli cannot be had ({expected}): mend the network or NuGet's sources, then run", lines: 2);
        Assert.EndsWith(_machine.At("leo/build/build.log"), reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NuGetsCertificateIsNotTrusted_SaysWhatToInstall()
    {
        _machine.Have("ffmpeg");
        _machine.Dotnet("echo 'x.csproj : error NU1301: Unable to load the service index.'; echo '  The SSL connection could not be established, see inner exception.'; exit 1");
        Assert.Contains("(apt-get install ca-certificates), then run", Stops(NuGet, "the NuGet packages of src/Leo.Cli cannot be had (", lines: 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_CompilerErrors_AreShownUpToTwenty()
    {
        _machine.Have("ffmpeg");
        _machine.Dotnet("for i in {1..10000}; do echo \"Program.cs($i,1): error CS0103: The name 'x' does not exist\"; done; exit 1");
        var run = _machine.Lab("run");
        Assert.Equal(Build, run.Code);
        Assert.Equal(20, run.Error.Count(l => l.Contains("error CS0103", StringComparison.Ordinal)));
        Assert.Equal(22, run.Error.Length);
        Assert.Equal($"lab: the build of src/Leo.Cli failed; the whole log is in {_machine.At("leo/build/build.log")}", run.Error[^1]);
    }

    [Theory]
    [InlineData("echo 'Killed.'; exit 137", "the build of src/Leo.Cli failed (Killed.);", Build)]
    [InlineData("kill -KILL $$", "the build of src/Leo.Cli failed (", Build)]
    [InlineData("exit 1", "the build of src/Leo.Cli failed (dotnet said nothing);", Build)]
    [InlineData("echo \"error MSB3021: Unable to copy file. No space left on device : '/x'\"; exit 1", "the build of src/Leo.Cli failed: the disk is full;", Build)]
    [InlineData("echo 'No usable version of libssl was found'; kill -ABRT $$", "dotnet finds no OpenSSL, without which it reaches no NuGet source;", NuGet)]
    public void Build_EndsWithoutACompilersError_SaysWhyOnOneLine(string build, string expected, int code)
    {
        _machine.Have("ffmpeg");
        _machine.Dotnet(build);
        Stops(code, expected, lines: 2);
    }

    [Fact]
    public void Build_Failed_IsTriedAgainNextTime()
    {
        _machine.Have("ffmpeg");
        _machine.Dotnet("exit 1");
        Stops(Build, "the build of");
        _machine.Dotnet(BareMachine.Builds);
        Assert.Equal(0, _machine.Lab("run").Code);
    }

    [Fact]
    public void Build_FolderCannotBeWritten_SaysSo()
    {
        _machine.Have("ffmpeg");
        File.WriteAllText(_machine.At("leo/build"), "");
        Stops(Build, $"cannot build src/Leo.Cli: the folder {_machine.At("leo/build")} cannot be written", lines: 1);
    }

    [Fact]
    public void Bench_BareMachine_AsksForPythonOnlyWhereItMeasuresAgainstIt()
    {
        _machine.Apt("touch $MACHINE/known/{ffmpeg,libzmq5,gcc,libc6-dev}", BareMachine.Installs);
        _machine.Lab("bench --help");
        Assert.Equal(["update", "install -y --no-install-recommends ffmpeg libzmq5"], AptGet());
        Assert.EndsWith("/bench/Leo.Bench/bin/Release/net10.0/leo-bench.dll --help", _machine.Calls[^1], StringComparison.Ordinal);
        Assert.Equal(Package, _machine.Lab("bench animator", "LEO_BENCH_PYTHON=/nowhere").Code);
    }

    [Fact]
    public void Bench_GpuThatIsNotThere_SaysSoBeforeAnythingIsInstalled()
    {
        var run = _machine.Lab("bench gpu");
        Assert.Equal(1, run.Code);
        Assert.Equal(["lab: nvidia-smi finds no GPU here; ./lab bench gpu --device cpu tries the measurement itself"], run.Error);
        Assert.Empty(_machine.Calls);
    }

    [Fact]
    public void Bench_Gpu_TakesTheBuildForIt()
    {
        _machine.Have("ffmpeg", "libzmq5");
        _machine.Program("nvidia-smi", "echo 'GPU 0: one'");
        _machine.Lab("bench gpu --out a.json");
        Assert.EndsWith("/bench/Leo.Bench/bin/cuda/Release/net10.0/leo-bench.dll gpu --out a.json", _machine.Calls[^1], StringComparison.Ordinal);
    }

    /// <summary><c>./lab run</c> ends with this exit code and one line that begins so; returns the line.</summary>
    private string Stops(int code, string reason, int lines = 0)
    {
        var run = _machine.Lab("run");
        Assert.Equal("", run.Out);
        Assert.StartsWith("lab: " + reason, run.Reason, StringComparison.Ordinal);
        Assert.Equal(code, run.Code);
        if (lines > 0) Assert.Equal(lines, run.Error.Length);
        return run.Reason;
    }

    /// <summary>The calls of apt-get, without the options before the verb.</summary>
    private string[] AptGet() =>
        [.. _machine.Calls.Where(c => c.StartsWith("apt-get ", StringComparison.Ordinal)).Select(c => c.Replace("apt-get -q -o DPkg::Lock::Timeout=120 ", "", StringComparison.Ordinal))];

    private string AptLog() => File.ReadAllText(_machine.At("leo/build/apt.log"));

    private (int, string) Summarise(params string[] files)
    {
        var run = _machine.Sourced($"summarise_trx {string.Join(' ', files.Select(f => $"'{f}'"))}");
        return (run.Code, run.Out);
    }

    private string Trx(string name, string counters)
    {
        string path = _machine.At(name + ".trx");
        File.WriteAllText(path, $"<TestRun>\n  <ResultSummary outcome=\"Completed\">\n    <Counters {counters} />\n  </ResultSummary>\n</TestRun>\n");
        return path;
    }
}
