using System.ComponentModel;
using System.Diagnostics;

namespace Leo.Lab.Data.Fetching;

/// <summary>
/// Gets packages through the program <c>npm</c>. Whom it asks and how is npm's own business: its settings name the registry, a proxy or a
/// certificate (<c>.npmrc</c>, <c>npm_config_registry</c>, <c>HTTPS_PROXY</c>).
/// </summary>
public sealed class NpmClient
{
    /// <summary>npm says nothing while an archive comes; after this long it is ended.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(10);

    private const int LargestArchive = 64 << 20;
    private readonly string path;
    private readonly TimeSpan patience;

    /// <summary>Takes note of where to look; nothing is started yet.</summary>
    /// <param name="path">Folders that may hold <c>npm</c>, as in <c>PATH</c>. <value>Default null: <c>PATH</c> itself.</value></param>
    /// <param name="patience">How long npm may say nothing. <value>Default null: <see cref="DefaultPatience"/>.</value></param>
    public NpmClient(string? path = null, TimeSpan? patience = null)
    {
        this.path = path ?? Environment.GetEnvironmentVariable("PATH") ?? "";
        this.patience = patience ?? DefaultPatience;
    }

    /// <summary>Gets a package's archive and checks it against the pinned content.</summary>
    /// <param name="package">What to get.</param>
    /// <param name="cancellation">Ends npm.</param>
    /// <exception cref="FetchException">No npm, npm failed, or other content than was pinned. Nothing is left behind.</exception>
    /// <exception cref="OperationCanceledException">Cancelled. Nothing is left behind.</exception>
    public byte[] Download(PackageReference package, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(package);
        string npm = Find() ?? throw new FetchException("npm", "is not on the PATH", $"Install Node.js with npm; or {OtherWay(package)}");
        var folder = Directory.CreateTempSubdirectory("leo-npm-");
        try
        {
            Pack(npm, package, folder.FullName, cancellation);
            return Checked(package, folder);
        }
        finally
        {
            Delete(folder);
        }
    }

    private static string OtherWay(PackageReference package) => $"get it on another machine with npm pack {package.Name}@{package.Version} and give the file with --package";

    private string? Find()
    {
        string[] names = OperatingSystem.IsWindows() ? ["npm.cmd", "npm.exe"] : ["npm"];
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private void Pack(string npm, PackageReference package, string folder, CancellationToken cancellation)
    {
        string subject = $"npm pack {package.Name}@{package.Version}";
        // In the temporary folder, so that no project's .npmrc around the working folder takes part.
        var start = new ProcessStartInfo(npm) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true };
        foreach (string argument in new[] { "pack", $"{package.Name}@{package.Version}", "--pack-destination", folder, "--json", "--ignore-scripts", "--update-notifier=false", "--loglevel=http" })
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = new NpmOutput();
            if (!output.Follow(process, patience, cancellation))
                throw new FetchException(subject, $"npm said nothing for {patience.TotalSeconds:0} s", $"Check the network and npm's settings (npm config list); or {OtherWay(package)}");
            if (process.ExitCode != 0)
                throw new FetchException(subject, output.Fault ?? $"npm ended with {process.ExitCode}", $"Check the network and npm's settings (npm config list); or {OtherWay(package)}");
        }
        catch (Win32Exception e)
        {
            throw new FetchException(npm, $"cannot be started ({e.Message.TrimEnd('.')})", $"Install Node.js with npm; or {OtherWay(package)}", e);
        }
    }

    private static byte[] Checked(PackageReference package, DirectoryInfo folder)
    {
        string subject = $"npm pack {package.Name}@{package.Version}";
        if (folder.GetFiles("*.tgz") is not [var file])
            throw new FetchException(subject, "npm ended well and left no archive", $"Try another version of npm; or {OtherWay(package)}");
        if (file.Length > LargestArchive)
            throw new FetchException(subject, $"the archive has {file.Length >> 20} MiB; at most {LargestArchive >> 20} are expected", "Ask another registry (npm config get registry)");
        byte[] bytes = File.ReadAllBytes(file.FullName);
        return package.Matches(bytes) ? bytes
            : throw new FetchException(subject, $"{bytes.Length} bytes arrived that are not {package.FileName}: their SHA-512 differs", "Try again; if it stays so, ask another registry (npm config get registry)");
    }

    // What could not be deleted must not hide why the download failed; the system clears its temporary folder.
    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
