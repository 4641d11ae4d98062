using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Kernel.Wire;

/// <summary>Frames of the wire protocol 5.3: identities, delimiter, HMAC, header, parent, metadata, content.</summary>
internal sealed class WireFormat
{
    private const int RememberedSignatures = 1 << 16;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly string _user;
    private readonly byte[] _key;
    private readonly HashAlgorithmName _hash;
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _seenInOrder = new();
    private readonly Lock _lock = new();

    public WireFormat(ConnectionInfo connection, string user)
    {
        _key = Encoding.UTF8.GetBytes(connection.Key);
        _hash = connection.Hash;
        _user = user;
    }

    /// <summary>The message in frames, or null with the reason why it is not accepted: unsigned, wrongly signed, sent twice, or malformed.</summary>
    public WireMessage? Decode(List<byte[]> frames, out string? refusal)
    {
        int at = frames.FindIndex(f => f.AsSpan().SequenceEqual(Delimiter));
        if (at < 0 || frames.Count < at + 6)
        {
            refusal = "not a message of Jupyter's protocol";
            return null;
        }
        byte[][] parts = [.. frames.GetRange(at + 2, 4)];
        if (!CryptographicOperations.FixedTimeEquals(frames[at + 1], Sign(parts)))
        {
            refusal = "wrongly signed";
            return null;
        }
        if (!IsNew(Encoding.ASCII.GetString(frames[at + 1])))
        {
            refusal = "sent for a second time";
            return null;
        }
        try
        {
            var message = new WireMessage(frames.GetRange(0, at), Parse(parts[0]), Parse(parts[1]), Parse(parts[2]), Parse(parts[3]));
            refusal = message.Type.Length > 0 ? null : "without a type";
            return refusal is null ? message : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            refusal = $"not JSON ({e.Message})";
            return null;
        }
    }

    /// <summary>The frames of a message.</summary>
    public List<byte[]> Encode(string type, JsonObject content, JsonObject? parent, IEnumerable<byte[]> identities, JsonObject? metadata = null) =>
        Encode(type, content, parent, identities, metadata, out _);

    /// <summary>The frames of a message, and its id.</summary>
    public List<byte[]> Encode(string type, JsonObject content, JsonObject? parent, IEnumerable<byte[]> identities, JsonObject? metadata, out string id)
    {
        id = Guid.NewGuid().ToString("N");
        var header = new JsonObject
        {
            ["msg_id"] = id,
            ["session"] = _session,
            ["username"] = _user,
            ["version"] = "5.3",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
        };
        byte[][] parts = [Bytes(header), Bytes(parent), Bytes(metadata), Bytes(content)];
        return [.. identities, Delimiter, Sign(parts), .. parts];
    }

    private static JsonObject Parse(byte[] part) =>
        JsonTexts.Check(JsonNode.Parse(part, documentOptions: Strict))?.AsObject() ?? throw new JsonException("expected an object");

    private static byte[] Bytes(JsonObject? node) => node is null ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(node, Json);

    private byte[] Sign(byte[][] parts)
    {
        using var hash = IncrementalHash.CreateHMAC(_hash, _key);
        foreach (byte[] part in parts) hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // Whoever listens on the loopback could send a signed message again; ids are random, so a signature comes once.
    private bool IsNew(string signature)
    {
        lock (_lock)
        {
            if (!_seen.Add(signature)) return false;
            _seenInOrder.Enqueue(signature);
            if (_seenInOrder.Count > RememberedSignatures) _seen.Remove(_seenInOrder.Dequeue());
            return true;
        }
    }
}
