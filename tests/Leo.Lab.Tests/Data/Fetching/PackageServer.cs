using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Leo.Lab.Tests.Data.Fetching;

/// <summary>A registry of one small package on the loopback.</summary>
internal sealed class PackageServer : IDisposable
{
    private readonly HttpListener listener = new();

    public PackageServer(byte[] archive, string? integrity = null)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = Task.Run(() => Serve(archive, integrity ?? Integrity(archive)));
    }

    public string Address { get; }

    public int Requests { get; private set; }

    public static string Integrity(byte[] archive) => "sha512-" + Convert.ToBase64String(SHA512.HashData(archive));

    /// <summary>A gzipped tar.</summary>
    public static byte[] Archive(params (string Name, byte[] Content)[] files) => Archive([.. files.Select(f => Entry(f.Name, f.Content))]);

    public static byte[] Archive(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(bytes, CompressionLevel.Fastest)))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    public static TarEntry Entry(string name, byte[] content) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = new DateTimeOffset(2017, 7, 5, 22, 25, 0, TimeSpan.Zero) };

    public void Dispose() => listener.Close();

    private void Serve(byte[] archive, string integrity)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = listener.GetContext();
                Requests++;
                byte[] answer = context.Request.Url!.AbsolutePath switch
                {
                    "/heads/1.0.0" => Encoding.UTF8.GetBytes($$"""{"dist": {"tarball": "{{Address}}/heads/-/heads-1.0.0.tgz", "integrity": "{{integrity}}"} }"""),
                    "/heads/-/heads-1.0.0.tgz" => archive,
                    "/nonsense/1.0.0" => "<html>"u8.ToArray(),
                    _ => [],
                };
                context.Response.StatusCode = answer.Length == 0 ? 404 : 200;
                context.Response.Close(answer, willBlock: true);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
