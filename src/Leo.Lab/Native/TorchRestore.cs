using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Leo.Lab;

/// <summary>
/// Brings libtorch, and TorchSharp's half of it, into NuGet's folder for the program installed as a .NET tool, whose package cannot carry half a
/// gigabyte: <c>dotnet restore</c> of a project of two packages, from the sources that the user's NuGet knows.
/// </summary>
internal static class TorchRestore
{
    /// <summary>The one platform whose packages the tool knows to load.</summary>
    private const string Platform = "linux-x64";

    /// <summary>Whether a program lies in the package of a .NET tool: the SDK puts this file beside the program of every tool.</summary>
    public static bool IsTool(string program) => File.Exists(Path.Combine(program, "DotnetToolSettings.xml"));

    /// <summary>Restores them, and says so in a line on stderr; what is there already is not fetched again.</summary>
    /// <returns>The folders of packages that NuGet looked in, its own first.</returns>
    /// <exception cref="LeoException">They cannot be had; says what is missing.</exception>
    public static IReadOnlyList<string> Run()
    {
        RequirePlatform();
        return Run("libtorch", NativeTorch.TorchVersion,
            $"first start: dotnet restore brings libtorch {NativeTorch.TorchVersion} into NuGet's folder (131 MB to download, 0.6 GB there), once",
            $"libtorch-cpu-{Platform} {NativeTorch.TorchVersion} and TorchSharp {NativeTorch.SharpVersion}",
            ($"libtorch-cpu-{Platform}", NativeTorch.TorchVersion), ("TorchSharp", NativeTorch.SharpVersion));
    }

    /// <summary>Restores packages and says so in a line on stderr.</summary>
    /// <param name="what">What is missing, for errors.</param>
    /// <param name="version">Its version.</param>
    /// <param name="said">The line.</param>
    /// <param name="byHand">Which packages have to be in NuGet's folder where there is no SDK to restore them.</param>
    /// <param name="packages">Names and versions.</param>
    /// <inheritdoc cref="Run()"/>
    public static IReadOnlyList<string> Run(string what, string version, string said, string byHand, params (string Id, string Version)[] packages)
    {
        string dotnet = DotNet();
        RequireSdk(what, byHand, dotnet);
        // It may wait here for minutes.
        Console.Error.WriteLine(said);
        string folder = Directory.CreateTempSubdirectory("leo-torch-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "torch.csproj"), Project(packages));
            var (code, output) = Start(dotnet, ["restore", folder, "--nologo", "-v", "q", "-nodeReuse:false"], folder);
            if (code != 0)
                throw new LeoException(what, $"{version} could not be restored by {dotnet}: {Reason(output)}", "Mend the network or NuGet's sources, then run the same command again");
            using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "obj", "project.assets.json")));
            return [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => Path.TrimEndingDirectorySeparator(f.Name))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What NuGet says is wrong, of all that it says.</summary>
    internal static string Reason(string output)
    {
        string? line = output.Split('\n').FirstOrDefault(l => l.Contains("error", StringComparison.Ordinal)) ?? output.Split('\n').LastOrDefault(l => l.Trim().Length > 0);
        if (line is null) return "it said nothing";
        int at = line.IndexOf("error ", StringComparison.Ordinal), end = line.LastIndexOf(" [", StringComparison.Ordinal);
        return (end > at ? line[..end] : line)[(at < 0 ? 0 : at + "error ".Length)..].Trim(' ', ':', '\r');
    }

    private static void RequirePlatform()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new LeoException("libtorch", $"as a .NET tool leo runs on {Platform}, this is {RuntimeInformation.RuntimeIdentifier}", "Run it from its sources, with: dotnet run --project src/Leo.Cli");
    }

    private static void RequireSdk(string what, string byHand, string dotnet)
    {
        string advice = $"Install the .NET {Environment.Version.Major} SDK, or put {byHand} into NuGet's folder from a machine that has one";
        try
        {
            if (Start(dotnet, ["--list-sdks"], Path.GetTempPath()).Output.Trim().Length == 0)
                throw new LeoException(what, $"the first start brings it by dotnet restore, and {dotnet} has no SDK", advice);
        }
        catch (Win32Exception e)
        {
            throw new LeoException(what, $"the first start brings it by dotnet restore, and {dotnet} cannot be started ({e.Message})", advice, e);
        }
    }

    // Downloaded and nothing else: no dependencies, and no target framework that they would have to fit.
    private static string Project(IEnumerable<(string Id, string Version)> packages) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
            <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            {string.Join('\n', packages.Select(p => $"<PackageDownload Include=\"{p.Id}\" Version=\"[{p.Version}]\" />"))}
          </ItemGroup>
        </Project>
        """;

    // A tool is started by a program of its own: its runtime's folder tells where dotnet is, for the PATH may name none.
    private static string DotNet()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host)) return host;
        string beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(beside) ? beside : "dotnet";
    }

    private static (int Code, string Output) Start(string dotnet, string[] arguments, string folder)
    {
        // A global.json or a props file of the user's folder has no say in this.
        var start = new ProcessStartInfo(dotnet, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
