using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

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
    private readonly string _path;
    private readonly TimeSpan _patience;

    /// <summary>Takes note of where to look; nothing is started yet.</summary>
    /// <param name="path">Folders that may hold <c>npm</c>, as in <c>PATH</c>. <value>Default null: <c>PATH</c> itself.</value></param>
    /// <param name="patience">How long npm may say nothing. <value>Default null: <see cref="DefaultPatience"/>.</value></param>
    public NpmClient(string? path = null, TimeSpan? patience = null)
    {
        _path = path ?? Environment.GetEnvironmentVariable("PATH") ?? "";
        _patience = patience ?? DefaultPatience;
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
        return _path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
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
            if (!output.Follow(process, _patience, cancellation))
                throw new FetchException(subject, $"npm said nothing for {_patience.TotalSeconds:0} s", $"Check the network and npm's settings (npm config list); or {OtherWay(package)}");
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

/// <summary>One version of an npm package, pinned by its content.</summary>
/// <param name="Name">Name in the registry.</param>
/// <param name="Version">Exact version.</param>
/// <param name="Integrity"><c>sha512-</c> and the Base64 of the archive's SHA-512, as registries publish it.</param>
/// <param name="Licence">Licence that the package declares.</param>
public sealed record PackageReference(string Name, string Version, string Integrity, string Licence)
{
    /// <summary>The archive's usual file name; of <c>@scope/name</c> it is <c>scope-name-version.tgz</c>.</summary>
    public string FileName => $"{Name.TrimStart('@').Replace('/', '-')}-{Version}.tgz";

    /// <summary>Whether an archive is this one.</summary>
    public bool Matches(byte[] archive) => "sha512-" + Convert.ToBase64String(SHA512.HashData(archive)) == Integrity;
}

/// <summary>A package could not be downloaded, or is not what was asked for.</summary>
public sealed class FetchException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="subject">The address, package or file.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What to do about it.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public FetchException(string subject, string problem, string advice, Exception? inner = null)
        : base(subject, problem, advice, inner)
    {
    }
}

/// <summary>What an npm process says while it runs.</summary>
internal sealed class NpmOutput
{
    private const int MostKept = 1 << 20, LongestFault = 300;
    private readonly StringBuilder _said = new();
    private string _lastError = "";

    /// <summary>Why npm failed, in its own words and on one line: <c>E404: Not Found - GET …</c>. Null if it did not say.</summary>
    public string? Fault
    {
        get
        {
            string fault = FromJson() ?? _lastError;
            fault = string.Join(' ', fault.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
            return fault.Length == 0 ? null : fault.Length > LongestFault ? fault[..LongestFault] : fault;
        }
    }

    /// <summary>Reads until the process has ended, or ends it.</summary>
    /// <returns>False if it was ended because it said nothing for too long.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, and the process ended.</exception>
    public bool Follow(Process process, TimeSpan patience, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using (silence.Token.UnsafeRegister(static p => End((Process)p!), process))
        {
            silence.CancelAfter(patience);
            Task.WhenAll(
                Read(process.StandardOutput, Keep, silence, patience),
                Read(process.StandardError, line => _lastError = IsFault(line) ? line : _lastError, silence, patience)).GetAwaiter().GetResult();
            process.WaitForExit();
        }
        cancellation.ThrowIfCancellationRequested();
        return !silence.IsCancellationRequested;
    }

    private static async Task Read(StreamReader from, Action<string> take, CancellationTokenSource silence, TimeSpan patience)
    {
        while (await from.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            silence.CancelAfter(patience);
            take(line);
        }
    }

    // With what it started, which would hold the pipes open.
    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static bool IsFault(string line) => line.Trim().Length > 0 && !line.StartsWith("npm http", StringComparison.Ordinal) && !line.Contains("A complete log of this run", StringComparison.Ordinal);

    private void Keep(string line)
    {
        if (_said.Length + line.Length < MostKept)
            _said.Append(line).Append('\n');
    }

    // With --json npm also says its faults so: {"error": {"code", "summary", "detail"}}.
    private string? FromJson()
    {
        try
        {
            using var document = JsonDocument.Parse(_said.ToString());
            var error = document.RootElement.GetProperty("error");
            string code = Text(error, "code"), summary = Text(error, "summary");
            return code.Length > 0 && summary.Length > 0 ? $"{code}: {summary}" : code + summary;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // it broke off before
        }
    }

    private static string Text(JsonElement error, string name) => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}

/// <summary>Takes named files out of a package's archive, and only those: no name in the archive ever becomes a path.</summary>
internal static class PackageArchive
{
    private const int MostEntries = 20_000;
    private const long LargestFile = 32 << 20, MostBytes = 512 << 20;

    /// <summary>Extracts files.</summary>
    /// <param name="archive">A gzipped tar.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="files">Name in the archive → path to write.</param>
    /// <exception cref="FetchException">The archive is damaged, lacks a file, has one twice or as a link, or is larger than any sound one.</exception>
    public static void Extract(byte[] archive, string name, IReadOnlyDictionary<string, string> files)
    {
        var left = new HashSet<string>(files.Keys, StringComparer.Ordinal);
        try
        {
            using var plain = new BoundedStream(new GZipStream(new MemoryStream(archive), CompressionMode.Decompress), MostBytes, name);
            using var tar = new TarReader(plain);
            for (int i = 0; tar.GetNextEntry() is { } entry; i++)
            {
                if (i == MostEntries)
                    throw new FetchException(name, $"has more than {MostEntries} entries", "Get the package again");
                if (!files.TryGetValue(entry.Name, out string? path))
                    continue;
                if (!left.Remove(entry.Name))
                    throw new FetchException(name, $"holds {entry.Name} twice", "Get the package again");
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is null || entry.Length > LargestFile)
                    throw new FetchException(name, $"{entry.Name} is not a plain file of at most {LargestFile >> 20} MiB", "Get the package again");
                AtomicFile.Write(path, entry.DataStream.CopyTo);
                File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime); // extracted again, it is still the same source
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new FetchException(name, $"cannot be unpacked ({e.Message.TrimEnd('.')})", "Get the package again", e);
        }

        if (left.Count > 0)
            throw new FetchException(name, $"lacks {string.Join(", ", left.Order(StringComparer.Ordinal))}", "Get the package again");
    }

    /// <summary>Ends reading where a small archive would unpack to an endless one.</summary>
    private sealed class BoundedStream(Stream inner, long most, string name) : ForwardStream(inner)
    {
        private long _taken;

        // The tar reader asks where it is.
        public override long Position { get => _taken; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int read = Inner.Read(buffer);
            _taken += read;
            return _taken <= most ? read : throw new FetchException(name, $"unpacks to more than {most >> 20} MiB", "Get the package again");
        }
    }
}
