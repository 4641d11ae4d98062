using System.Diagnostics;

namespace Leo.Cli.Tests;

/// <summary>
/// A copy of the script <c>lab</c> on a machine that exists only as a PATH: the shell's own tools, and stand-ins for everything
/// that asks, installs or builds. Each stand-in notes how it was called.
/// </summary>
/// <remarks>As made, it is root's Debian with a .NET 10 SDK, empty package lists and a working network; nothing is installed.</remarks>
internal sealed class BareMachine : IDisposable
{
    private static readonly string[] Tools =
    [
        "basename", "bash", "cat", "chmod", "cp", "dirname", "env", "find", "flock", "grep", "head", "ls", "mkdir", "mktemp", "mv", "rm",
        "sed", "seq", "sort", "tail", "touch", "true", "uname", "wc",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("leo-machine-").FullName;

    public BareMachine()
    {
        foreach (string folder in (string[])["bin", "known", "installed", "leo/src/Leo.Cli", "leo/bench"]) Directory.CreateDirectory(At(folder));
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (string tool in Tools)
            File.CreateSymbolicLink(At("bin/" + tool), path.Select(p => Path.Combine(p, tool)).First(File.Exists));
        foreach (string file in (string[])["lab", "bench/run", "Directory.Build.props", "Directory.Packages.props"])
            File.Copy(Path.Combine(PackedFeed.Repository, file), At("leo/" + file));
        File.WriteAllText(At("leo/src/Leo.Cli/Program.cs"), "");

        Program("id", "echo 0");
        Program("sleep", "");
        Program("apt-cache", """[[ ! -e $MACHINE/known/$2 ]] || printf '%s:\n  Installed: (none)\n  Candidate: 1.0\n' "$2" """);
        Program("dpkg-query", """[[ -e $MACHINE/installed/${!#} ]] && printf 'install ok installed'""");
        Apt(update: "touch $MACHINE/known/{ffmpeg,libzmq5}; echo 'Get:1 http://deb bookworm InRelease'", install: Installs);
        Dotnet(build: Builds);
    }

    /// <summary>An <c>apt-get install</c> that works.</summary>
    public const string Installs = """for name; do [[ $name == -* ]] || touch "$MACHINE/installed/$name"; done""";

    /// <summary>A <c>dotnet build</c> that works, for every provider.</summary>
    public const string Builds = "for f in bin bin/cuda; do mkdir -p src/Leo.Cli/$f/Release/net10.0; touch src/Leo.Cli/$f/Release/net10.0/leo.dll; done";

    /// <summary>What was called since <see cref="Forget"/>, in order: programs with their arguments.</summary>
    public string[] Calls => File.Exists(At("calls")) ? File.ReadAllLines(At("calls")) : [];

    public string At(string path) => Path.Combine(_root, path);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public void Forget() => File.Delete(At("calls"));

    /// <summary>Packages that apt knows already.</summary>
    public void Know(params string[] packages)
    {
        foreach (string package in packages) File.WriteAllText(At("known/" + package), "");
    }

    /// <summary>Packages that are installed already.</summary>
    public void Have(params string[] packages)
    {
        foreach (string package in packages) File.WriteAllText(At("installed/" + package), "");
    }

    public void Remove(params string[] programs)
    {
        foreach (string program in programs) File.Delete(At("bin/" + program));
    }

    /// <summary>A stand-in: notes its call, then does what <paramref name="body"/> says in bash.</summary>
    public void Program(string name, string body)
    {
        string path = At("bin/" + name);
        File.WriteAllText(path, $"#!{At("bin/bash")}\nMACHINE='{_root}'\necho \"{name} $*\" >>\"$MACHINE/calls\"\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>What <c>apt-get</c> does, by verb; <c>$@</c> holds what follows the verb.</summary>
    public void Apt(string update, string install) => Program("apt-get", $$"""
        while [[ $1 == -* ]]; do [[ $1 != -o ]] || shift; shift; done
        verb=$1; shift
        if [[ $verb == update ]]; then :
        {{update}}
        else :
        {{install}}
        fi
        """);

    /// <summary>What <c>dotnet</c> does: lists SDKs, builds, and otherwise says that it is leo.</summary>
    public void Dotnet(string build, string sdks = "echo '10.0.100 [/usr/share/dotnet/sdk]'") => Program("dotnet", $$"""
        case $1 in
        --list-sdks) :
        {{sdks}}
        ;;
        build) :
        {{build}}
        ;;
        *) echo "leo: OMP_WAIT_POLICY=$OMP_WAIT_POLICY" ;;
        esac
        """);

    /// <summary>Runs <c>./lab</c>. <paramref name="environment"/> holds NAME=VALUE pairs.</summary>
    public Outcome Lab(string arguments, params string[] environment) => Run($"exec ./lab {arguments}", environment);

    /// <summary>Runs a script that has sourced <c>lab</c>.</summary>
    public Outcome Sourced(string script) => Run($"source ./lab; {script}");

    private Outcome Run(string script, params string[] environment)
    {
        var start = new ProcessStartInfo(At("bin/bash"), ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = At("leo") };
        start.Environment.Clear();
        start.Environment["PATH"] = At("bin");
        start.Environment["HOME"] = start.Environment["TMPDIR"] = _root;
        foreach (string[] pair in environment.Select(e => e.Split('=', 2))) start.Environment[pair[0]] = pair[1];
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output.TrimEnd('\n'), error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>How a script ended.</summary>
    internal sealed record Outcome(int Code, string Out, string[] Error)
    {
        /// <summary>The one line that says why it failed; lines about what is being done may go before it.</summary>
        public string Reason
        {
            get
            {
                Assert.NotEmpty(Error);
                Assert.All(Error[..^1], line => Assert.Matches("^lab: (installing|building) ", line));
                Assert.StartsWith("lab: ", Error[^1], StringComparison.Ordinal);
                return Error[^1];
            }
        }
    }
}
