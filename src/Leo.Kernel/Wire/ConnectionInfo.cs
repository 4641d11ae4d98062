using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Kernel.Wire;

/// <summary>A connection file: where the channels are, and the key that every message is signed with.</summary>
internal sealed record ConnectionInfo
{
    private static readonly string[] PortNames = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];

    /// <summary>How messages travel: <c>tcp</c> or <c>ipc</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>A loopback address, or the beginning of the socket files' names for <c>ipc</c>.</summary>
    public required string Ip { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>How messages are signed.</summary>
    public required string Scheme { get; init; }

    /// <summary>Ports: shell, iopub, stdin, control, heartbeat.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    public string Shell => Address(0);

    public string IoPub => Address(1);

    public string Stdin => Address(2);

    public string Control => Address(3);

    public string Heartbeat => Address(4);

    /// <summary>The hash of <see cref="Scheme"/>.</summary>
    public HashAlgorithmName Hash => Scheme switch
    {
        "hmac-sha512" => HashAlgorithmName.SHA512,
        "hmac-sha384" => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA256,
    };

    /// <summary>Reads and checks a connection file.</summary>
    /// <exception cref="KernelException">It cannot be read, has no key, or points to another machine.</exception>
    public static ConnectionInfo Read(string path)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path))?.AsObject() ?? [];
            var info = new ConnectionInfo
            {
                Transport = (string?)json["transport"] ?? "tcp",
                Ip = (string?)json["ip"] ?? "127.0.0.1",
                Key = (string?)json["key"] ?? "",
                Scheme = (string?)json["signature_scheme"] ?? "hmac-sha256",
                Ports = [.. PortNames.Select(p => (int?)json[p] ?? 0)],
            };
            return info.Fault() is { } fault
                ? throw new KernelException(path, fault, "Let the front end write the connection file")
                : info;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new KernelException(path, $"cannot be read as a connection file ({e.Message})", "Pass the file that the front end wrote", e);
        }
    }

    /// <summary>A new one on this machine, with a random key and ports that are free now.</summary>
    public static ConnectionInfo Create()
    {
        // All five are held at once, so that they differ.
        Socket[] held = [.. PortNames.Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))];
        try
        {
            foreach (var socket in held) socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return new ConnectionInfo
            {
                Transport = "tcp",
                Ip = "127.0.0.1",
                Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
                Scheme = "hmac-sha256",
                Ports = [.. held.Select(s => ((IPEndPoint)s.LocalEndPoint!).Port)],
            };
        }
        finally
        {
            foreach (var socket in held) socket.Dispose();
        }
    }

    /// <summary>Writes a new file that only its owner can read.</summary>
    public void Write(string path)
    {
        var json = new JsonObject { ["transport"] = Transport, ["ip"] = Ip, ["key"] = Key, ["signature_scheme"] = Scheme };
        for (int i = 0; i < PortNames.Length; i++) json[PortNames[i]] = Ports[i];
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(json.ToJsonString());
    }

    private string? Fault()
    {
        if (Key.Length == 0) return "there is no key, and unsigned messages are not accepted";
        if (Scheme is not ("hmac-sha256" or "hmac-sha384" or "hmac-sha512")) return $"expected signature_scheme hmac-sha256, found '{Scheme}'";
        if (Transport == "ipc") return null;
        if (Transport != "tcp") return $"expected transport tcp or ipc, found '{Transport}'";
        if (Ip != "localhost" && !(IPAddress.TryParse(Ip, out var ip) && IPAddress.IsLoopback(ip)))
            return $"expected a loopback address as ip, found '{Ip}'";
        return Ports.Any(p => p is < 1 or > 65535) ? "a port is missing" : null;
    }

    private string Address(int channel) => Transport == "ipc"
        ? $"ipc://{Ip}-{Ports[channel]}"
        : $"tcp://{(Ip == "localhost" ? "127.0.0.1" : Ip.Contains(':') ? $"[{Ip}]" : Ip)}:{Ports[channel]}";
}
