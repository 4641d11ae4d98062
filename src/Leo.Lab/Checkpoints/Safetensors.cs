using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>Writes safetensors files (huggingface/safetensors, format 0.3): 8-byte little-endian length, JSON header, data.</summary>
public static class Safetensors
{
    /// <summary>Metadata key under which the CRC-32C of the data is stored.</summary>
    public const string ChecksumKey = "crc32c";

    /// <summary>Metadata key of the CRC-32C of the header itself, computed with zeros in its own place.</summary>
    public const string HeaderChecksumKey = "header_crc32c";

    private const string NoChecksum = "00000000";

    /// <summary>Writes <paramref name="tensors"/> atomically: whoever opens <paramref name="path"/> sees the old file or the whole new one.</summary>
    /// <param name="path">Target; missing folders are made.</param>
    /// <param name="tensors">Any shapes, on any device; F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL.</param>
    /// <param name="metadata">Strings for the header's <c>__metadata__</c>; checksums of data and header are added.</param>
    /// <exception cref="FileWriteException">The disk is full or the folder refuses; the old file is intact.</exception>
    /// <exception cref="ArgumentException">A tensor's type is not in the format, or a name is reserved.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();

        // Widest elements first keeps every tensor aligned to its own size; names make the order, and the file, unique.
        var ordered = tensors.Select(t => (Name: t.Key, Tensor: t.Value.detach().cpu().contiguous()))
            .OrderByDescending(t => SafetensorsType.Of(t.Tensor.dtype).Size).ThenBy(t => t.Name, StringComparer.Ordinal).ToArray();
        var checksum = new Checksum();
        foreach (var (_, tensor) in ordered)
        {
            TensorBytes.Visit(tensor, bytes => checksum.Add(bytes));
        }
        byte[] header = Header(ordered, metadata, checksum.Text);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in ordered)
            {
                TensorBytes.Visit(tensor, bytes => stream.Write(bytes));
            }
        });
    }

    private static byte[] Header((string Name, Tensor Tensor)[] ordered, IReadOnlyDictionary<string, string>? metadata, string checksum)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
            {
                if (key is not (ChecksumKey or HeaderChecksumKey))
                {
                    json.WriteString(key, value);
                }
            }
            json.WriteString(ChecksumKey, checksum);
            json.WriteString(HeaderChecksumKey, NoChecksum);
            json.WriteEndObject();
            long position = 0;
            foreach (var (name, tensor) in ordered)
            {
                position = WriteEntry(json, name, tensor, position);
            }
            json.WriteEndObject();
        }
        // Spaces up to a multiple of eight align the data in the file.
        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }
        byte[] header = buffer.ToArray();
        Encoding.ASCII.GetBytes(Checksum.Of(header)).CopyTo(HeaderChecksum(header));
        return header;
    }

    /// <summary>The header's checksum as it should be: of its bytes with zeros where it stands.</summary>
    /// <param name="header">A header whose metadata have <see cref="HeaderChecksumKey"/>.</param>
    internal static string ChecksumOf(ReadOnlySpan<byte> header)
    {
        byte[] copy = header.ToArray();
        Encoding.ASCII.GetBytes(NoChecksum).CopyTo(HeaderChecksum(copy));
        return Checksum.Of(copy);
    }

    // Quotes inside JSON strings are escaped, so this text can only be the key itself; written otherwise, it is not ours.
    private static Span<byte> HeaderChecksum(Span<byte> header)
    {
        ReadOnlySpan<byte> key = Encoding.ASCII.GetBytes($"\"{HeaderChecksumKey}\":\"");
        int at = header.IndexOf(key);
        return at < 0 || at + key.Length + NoChecksum.Length > header.Length ? new byte[NoChecksum.Length] : header.Slice(at + key.Length, NoChecksum.Length);
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long position)
    {
        if (name == "__metadata__")
        {
            throw new ArgumentException("The name __metadata__ is the format's own.");
        }
        var (type, size) = SafetensorsType.Of(tensor.dtype);
        long end = position + (tensor.numel() * size);
        json.WriteStartObject(name);
        json.WriteString("dtype", type);
        json.WriteStartArray("shape");
        foreach (long length in tensor.shape)
        {
            json.WriteNumberValue(length);
        }
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(position);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
