using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Leo.Lab.Checkpoints.Pickle;

/// <summary>The opcodes that push a number, a text or nothing.</summary>
internal static class PickleScalars
{
    private const int LongestName = 256;

    // Throws on bytes that are not UTF-8, where Encoding.UTF8 would put question marks.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    internal static bool TryRead(Opcode opcode, ByteReader reader, out object? value)
    {
        value = opcode switch
        {
            Opcode.NONE => null,
            Opcode.NEWTRUE => true,
            Opcode.NEWFALSE => false,
            Opcode.BININT => (long)reader.ReadInt32(),
            Opcode.BININT1 => (long)reader.ReadByte(),
            Opcode.BININT2 => (long)BinaryPrimitives.ReadUInt16LittleEndian(reader.ReadBytes(2)),
            Opcode.LONG1 => Whole(reader.ReadBytes(reader.ReadByte())),
            Opcode.BINFLOAT => BinaryPrimitives.ReadDoubleBigEndian(reader.ReadBytes(8)),
            Opcode.SHORT_BINUNICODE => Text(reader, reader.ReadByte()),
            Opcode.BINUNICODE => Text(reader, (uint)reader.ReadInt32()),
            Opcode.BINUNICODE8 => Text(reader, reader.ReadInt64()),
            // Python 2's str: names are ASCII, and anything else stays what it was, byte by byte.
            Opcode.SHORT_BINSTRING => Encoding.Latin1.GetString(reader.ReadBytes(reader.ReadByte())),
            Opcode.BINSTRING => Encoding.Latin1.GetString(reader.ReadBytes((uint)reader.ReadInt32())),
            Opcode.SHORT_BINBYTES => reader.ReadBytes(reader.ReadByte()),
            Opcode.BINBYTES => reader.ReadBytes((uint)reader.ReadInt32()),
            Opcode.BINBYTES8 => reader.ReadBytes(reader.ReadInt64()),
            _ => opcode,
        };
        return value is not Opcode;
    }

    /// <summary>A text up to a line feed, as GLOBAL writes its names.</summary>
    internal static string Line(ByteReader reader)
    {
        long start = reader.Position;
        var bytes = new List<byte>();
        for (byte b; (b = reader.ReadByte()) != '\n';)
        {
            bytes.Add(b);
            if (bytes.Count > LongestName)
            {
                throw reader.Fault($"expected a name of at most {LongestName} bytes, found a longer one", start);
            }
        }
        return Encoding.Latin1.GetString([.. bytes]);
    }

    // A number is a long where it fits; only the legacy format's magic number does not.
    private static object Whole(byte[] littleEndian)
    {
        var number = new BigInteger(littleEndian);
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    private static string Text(ByteReader reader, long length)
    {
        long start = reader.Position;
        try
        {
            return Utf8.GetString(reader.ReadBytes(length));
        }
        catch (DecoderFallbackException)
        {
            throw reader.Fault("expected UTF-8, found other bytes", start);
        }
    }
}
