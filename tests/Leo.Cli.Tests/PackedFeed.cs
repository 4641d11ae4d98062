using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Leo.Cli.Tests;

/// <summary>A folder with the packages that <c>dotnet pack</c> makes of what is built, and the tool installed out of it.</summary>
public sealed class PackedFeed : IDisposable
{
    private static readonly string DotNetRoot = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private readonly string _root = Directory.CreateTempSubdirectory("leo-packages-").FullName;

    public PackedFeed()
    {
        Directory.CreateDirectory(At("home/.nuget/NuGet"));
        // No source but the folder; a restore finds libtorch where the tests' own packages are.
        File.WriteAllText(At("home/.nuget/NuGet/NuGet.Config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Packages}" /></config>
              <packageSources><clear /></packageSources>
            </configuration>
            """);
        foreach (string project in (string[])["Leo.Lab", "Leo.Cli"])
        {
            var pack = Run("dotnet", ["pack", Path.Combine(Repository, "src", project), "--no-build", "-c", "Release", "-o", At("feed"), $"-p:PackageVersion={Version}", $"-p:PublishDir={At("publish/" + project)}/", "-nodeReuse:false", "--nologo"], []);
            Assert.True(pack.Code == 0, pack.Out + pack.Error);
        }
        var install = Run("dotnet", ["tool", "install", "leo", "--tool-path", At("tools"), "--source", At("feed"), "--version", Version], []);
        Assert.True(install.Code == 0, install.Out + install.Error);
    }

    /// <summary>The project's folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder to which NuGet restored the tests.</summary>
    public static string Packages { get; } = Path.TrimEndingDirectorySeparator(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Leo.Lab.packages.txt")).First());

    /// <summary>A version that nothing else has: no cache of NuGet knows it.</summary>
    public string Version { get; } = $"1.0.0-test.x{Guid.NewGuid():N}";

    public string At(string path) => Path.Combine(_root, path);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>The names in a package, and its manifest without the namespace.</summary>
    public (string[] Names, XElement Manifest, long Size) Open(string id)
    {
        string path = At($"feed/{id}.{Version}.nupkg");
        using var zip = ZipFile.OpenRead(path);
        using var stream = zip.Entries.Single(e => e.FullName == $"{id}.nuspec").Open();
        var manifest = XDocument.Load(stream).Root!;
        foreach (var element in manifest.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return ([.. zip.Entries.Select(e => e.FullName)], manifest.Element("metadata")!, new FileInfo(path).Length);
    }

    /// <summary>The files in a package.</summary>
    public IEnumerable<(string Name, byte[] Content)> Files(string id)
    {
        using var zip = ZipFile.OpenRead(At($"feed/{id}.{Version}.nupkg"));
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            var memory = new MemoryStream();
            stream.CopyTo(memory);
            yield return (entry.FullName, memory.ToArray());
        }
    }

    /// <summary>Where the tool lies.</summary>
    public string ToolFolder => At($"tools/.store/leo/{Version}/leo/{Version}/tools/net10.0/any");

    /// <summary>Runs the installed tool in a folder of its own. <paramref name="environment"/> holds NAME=VALUE pairs.</summary>
    public (int Code, string Out, string Error) Leo(string[] arguments, params string[] environment) => Run(At("tools/leo"), arguments, environment);

    private (int Code, string Out, string Error) Run(string program, string[] arguments, string[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Directory.CreateDirectory(At("work")).FullName };
        foreach (string variable in (string[])["DOTNET_HOST_PATH", "LEO_KERNEL", "MSBuildSDKsPath", "MSBuildExtensionsPath", "NUGET_PACKAGES"]) start.Environment.Remove(variable);
        start.Environment["DOTNET_ROOT"] = DotNetRoot;
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["PATH"] = $"{DotNetRoot}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        foreach (string[] pair in environment.Select(e => e.Split('=', 2))) start.Environment[pair[0]] = pair[1];
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.TrimEnd('\n'), error.Result.TrimEnd('\n'));
    }

    private static string FindRepository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Leo.Lab.sln")))
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside of the project.");
        return at.FullName;
    }
}
