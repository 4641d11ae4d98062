namespace TorchSharp.Utils;

/// <summary>Numbers in TorchSharp's files: seven bits a byte, the low ones first; the eighth bit says that more follow.</summary>
internal static class Leb128
{
    internal static void Encode(this BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    internal static long Decode(this BinaryReader reader) => reader.Read7BitEncodedInt64();
}
