using System.Diagnostics;
using System.Xml.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Native;

/// <summary>How libtorch is found and loaded, and what of it has to be set right on some machines.</summary>
public sealed class NativeTorchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leo-native-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Versions_AreThoseOfThePackages()
    {
        var packages = XDocument.Load(Path.Combine(Root(), "Directory.Packages.props"));
        Assert.Equal(NativeTorch.SharpVersion, packages.Descendants("TorchSharpVersion").Single().Value);
        Assert.Equal(NativeTorch.TorchVersion, packages.Descendants("LibtorchVersion").Single().Value);
        Assert.StartsWith(NativeTorch.TorchVersion, torch.__version__, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_WhereTorchWasLoaded_IsNone()
    {
        Assert.Null(NativeTorch.Failure);
        NativeTorch.Require();
    }

    [Fact]
    public void Folders_OwnFolderFirst_ThenWhereTheBuildRestoredTo_ThenTheUsers()
    {
        File.WriteAllText(Path.Combine(_folder, "Leo.Lab.packages.txt"), "/restored/here/\n/and/fallback\n");
        string[] torch = [.. NativeTorch.Folders(_folder + "/", "/program/").Select(f => f.Torch)];
        Assert.Equal(
            [_folder, $"{_folder}/runtimes/linux-x64/native", "/program", "/program/runtimes/linux-x64/native",
            "/restored/here/libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native", "/and/fallback/libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native"], torch[..6]);
        Assert.EndsWith("libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native", torch[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_InsideAPackage_LookBesideThatPackage()
    {
        string library = Path.Combine(_folder, "leo.lab", "1.0.0", "lib", "net10.0");
        Directory.CreateDirectory(library);
        Assert.Contains(Path.Combine(_folder, "torchsharp", "0.107.0", "runtimes", "linux-x64", "native"), NativeTorch.Folders(library, "/program").Select(f => f.Sharp));
    }

    [Fact]
    public void LoadFrom_FoldersWithoutLibtorch_SaysWhatWasLookedForWhere()
    {
        File.WriteAllText(Path.Combine(_folder, "libtorch.so"), "");        // half of it does not count
        string? failure = NativeTorch.LoadFrom([(_folder, _folder), ("/nowhere", "/nowhere")]);
        Assert.Equal($"2.10.0 was not found: looked for libtorch.so and libLibTorchSharp.so in {_folder}, /nowhere", failure);
    }

    [Fact]
    public void WithoutMarker_FlagsTheVersionOnce_AndNothingElse()
    {
        byte[] library = [1, 2, 3, 0x42, 0xf8, 0x97, 0x02, 0, 0, 9, 9];
        Assert.Equal([1, 2, 3, 0x42, 0xf8, 0x97, 0x02, 2, 0, 9, 9], NativeTorch.WithoutMarker(library));
        Assert.Equal(0, library[7]);
        Assert.Null(NativeTorch.WithoutMarker([1, 2, 3]));
        Assert.Null(NativeTorch.WithoutMarker([.. library, .. library]));
    }

    /// <summary>What TorchSharp makes of numbers of each type, and of so many that their room is used again.</summary>
    [Fact]
    public void Scalars_OfEachType_HaveTheirNumber()
    {
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 40_000; i++) ((Scalar)i).Dispose();
            Assert.Equal(-7, ((Scalar)(-7)).ToInt32());
            Assert.Equal(1L << 60, ((Scalar)(1L << 60)).ToInt64());
            Assert.Equal(0.1f, ((Scalar)0.1f).ToSingle());
            Assert.Equal(-0.1, ((Scalar)(-0.1)).ToDouble());
            Assert.True(((Scalar)true).ToBoolean());
            Assert.Equal((Half)0.5, ((Scalar)(Half)0.5).ToHalf());
            Assert.Equal(ScalarType.Int64, ((Scalar)7).Type);
            Assert.Equal(ScalarType.Float64, ((Scalar)7f).Type);
            using var whole = tensor(new long[] { 1, 2 }) * 3;
            Assert.Equal(ScalarType.Int64, whole.dtype);
        }
    }

    /// <summary>Beside a thread that makes the collector run all the time; without NativeScalars some thirty in a million fail.</summary>
    [Fact]
    public void Scalars_WhileAnotherThreadCollects_KeepTheirNumber()
    {
        using var stop = new CancellationTokenSource();
        int done = 0;
        var collector = new Thread(() =>
        {
            for (int seen = -1; !stop.IsCancellationRequested; seen = Volatile.Read(ref done))
            {
                // One collection an operation, or the other thread would never get on.
                while (Volatile.Read(ref done) == seen && !stop.IsCancellationRequested) Thread.SpinWait(1);
                for (int i = 0; i < 200; i++) GC.KeepAlive(new byte[200]);
                GC.Collect(0);
            }
        });
        collector.Start();
        try
        {
            using var outer = NewDisposeScope();
            Tensor x = ones(2000), y = ones(2000);
            for (int i = 0; i < 30_000; i++)
            {
                using var scope = NewDisposeScope();
                float found = ((x + y) * 3f)[7].item<float>();
                if (found != 6f) Assert.Fail($"operation {i}: (1 + 1) · 3 = {found}");
                Volatile.Write(ref done, i);
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    /// <summary>A process of its own that is told of another folder of packages, and in which only what the system has is to be found.</summary>
    [Fact]
    public async Task Require_WithoutLibtorch_IsOneLineOfTheProgram()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (code, output, error) = await Leo(ProgramAlone(), "data", "puppets", "--kind", "faces", "--out", Path.Combine(_folder, "faces"));
        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.StartsWith("error: libtorch: 2.10.0 was not found: looked for libtorch.so and libLibTorchSharp.so in ", error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder, "empty"), error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    /// <summary>As <c>dotnet publish</c> leaves it: libtorch beside the program, no NuGet.</summary>
    [Fact]
    public async Task Program_WithLibtorchBesideIt_NeedsNoPackages()
    {
        if (!OperatingSystem.IsLinux()) return;
        string program = ProgramAlone();
        var (torch, sharp) = NativeTorch.Folders(Path.GetDirectoryName(typeof(NativeTorch).Assembly.Location), AppContext.BaseDirectory)
            .First(f => File.Exists(Path.Combine(f.Torch, "libtorch.so")) && File.Exists(Path.Combine(f.Sharp, "libLibTorchSharp.so")));
        foreach (string file in Directory.EnumerateFiles(torch).Append(Path.Combine(sharp, "libLibTorchSharp.so")))
            File.CreateSymbolicLink(Path.Combine(program, Path.GetFileName(file)), file);
        var (code, output, error) = await Leo(program, "inspect", Path.Combine(Root(), "checkpoints", "start-code-faces-tiny.safetensors"));
        Assert.True(code == 0, error);
        Assert.Contains("start-code", output, StringComparison.Ordinal);
    }

    // The program without a word of where NuGet restored to.
    private string ProgramAlone()
    {
        string program = Path.Combine(_folder, "leo");
        Copy(Path.Combine(Root(), "src", "Leo.Cli", "bin", "Release", "net10.0"), program);
        File.Delete(Path.Combine(program, "Leo.Lab.packages.txt"));
        return program;
    }

    private async Task<(int Code, string Output, string Error)> Leo(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(program, "leo.dll"), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder, "empty");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        string error = (await process.StandardError.ReadToEndAsync()).TrimEnd('\n');
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, error);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Leo.Lab.sln"))) at = at.Parent!;
        return at.FullName;
    }
}
