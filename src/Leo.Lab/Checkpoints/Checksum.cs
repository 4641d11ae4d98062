using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Leo.Lab.Checkpoints;

/// <summary>CRC-32C (Castagnoli) over a stream of bytes that comes in pieces; one instruction for eight bytes.</summary>
internal struct Checksum()
{
    private uint _state = uint.MaxValue;

    internal static string Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Checksum();
        checksum.Add(bytes);
        return checksum.Text;
    }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        while (bytes.Length >= 8)
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        foreach (byte b in bytes)
        {
            state = BitOperations.Crc32C(state, b);
        }
        _state = state;
    }

    internal readonly uint Value => ~_state;

    internal readonly string Text => Value.ToString("x8");
}

/// <summary>Names a file by its content.</summary>
internal static class WeightsHash
{
    /// <summary>The first twelve digits of its SHA-256: enough to tell files apart, short enough to print.</summary>
    internal static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream))[..12];
    }
}
