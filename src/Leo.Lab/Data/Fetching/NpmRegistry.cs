using System.Net;
using System.Text.Json;

namespace Leo.Lab.Data.Fetching;

/// <summary>
/// Downloads packages from an npm registry. It is asked for one package's metadata and its archive, nothing else; proxies are taken from the
/// environment (<c>HTTPS_PROXY</c>) as other programs do.
/// </summary>
public sealed class NpmRegistry : IDisposable
{
    /// <summary>The public registry.</summary>
    public const string Default = "https://registry.npmjs.org";

    private const int LargestMetadata = 4 << 20, LargestArchive = 64 << 20;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private readonly Uri address;
    private readonly HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20), MaxAutomaticRedirections = 5 });

    /// <summary>Takes note of the address; nothing is sent yet.</summary>
    /// <param name="address">Null: npm's own setting in the environment (<c>npm_config_registry</c>), else <see cref="Default"/>.</param>
    /// <exception cref="FetchException">Not an http address.</exception>
    public NpmRegistry(string? address = null)
    {
        address ??= Environment.GetEnvironmentVariable("npm_config_registry") is { Length: > 0 } set ? set : Default;
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            throw new FetchException(address, "not the address of a registry", $"Give one like {Default}");
        this.address = uri;
    }

    /// <summary>Downloads a package's archive and checks it against the registry's word and the pinned content.</summary>
    /// <param name="package">What to get.</param>
    /// <param name="progress">Called with the bytes that have arrived.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="FetchException">No network, no such package, or other content than was pinned.</exception>
    public byte[] Download(PackageReference package, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(package);
        var metadata = new Uri(address, $"{package.Name}/{package.Version}");
        var (archive, integrity) = Parse(metadata, Get(metadata, LargestMetadata, null, cancellation));
        if (integrity != package.Integrity)
            throw new FetchException(metadata.ToString(), $"names another content of {package.Name} {package.Version} ({integrity}) than is expected ({package.Integrity})", "Ask another registry with --registry");
        byte[] bytes = Get(archive, LargestArchive, progress, cancellation);
        return package.Matches(bytes) ? bytes
            : throw new FetchException(archive.ToString(), $"{bytes.Length} bytes arrived that are not {package.FileName}: their SHA-512 differs", "Try again; if it stays so, something on the way changes downloads");
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static (Uri Archive, string Integrity) Parse(Uri from, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var dist = document.RootElement.GetProperty("dist");
            var archive = new Uri(from, dist.GetProperty("tarball").GetString());
            if (archive.Scheme is "https" or "http")
                return (archive, dist.GetProperty("integrity").GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException or ArgumentNullException)
        {
            throw new FetchException(from.ToString(), "the answer is not a package's metadata", "Check the address of the registry", e);
        }

        throw new FetchException(from.ToString(), "its archive has no http address", "Check the address of the registry");
    }

    private byte[] Get(Uri uri, int largest, Action<long>? progress, CancellationToken cancellation)
    {
        try
        {
            return GetAsync(uri, largest, progress, cancellation).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            string why = e is OperationCanceledException ? $"no answer for {Silence.TotalSeconds:0} s" : (e.InnerException ?? e).Message.TrimEnd('.');
            throw new FetchException(uri.ToString(), $"cannot be reached ({why})", "Check the network and HTTPS_PROXY, name a mirror with --registry, or give the downloaded package with --package", e);
        }
    }

    private async Task<byte[]> GetAsync(Uri uri, int largest, Action<long>? progress, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Silence);
        using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw new FetchException(uri.ToString(), "the registry does not have it (404)", "Name another registry with --registry");
        if (!response.IsSuccessStatusCode)
            throw new FetchException(uri.ToString(), $"the registry answers {(int)response.StatusCode} {response.ReasonPhrase}", "Try again later, or name another registry with --registry");

        using var bytes = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            patience.CancelAfter(Silence);
            int read = await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            if (read == 0)
                return bytes.ToArray();
            bytes.Write(buffer, 0, read);
            if (bytes.Length > largest)
                throw new FetchException(uri.ToString(), $"sends more than {largest >> 20} MiB", "Check the address of the registry");
            progress?.Invoke(bytes.Length);
        }
    }
}
