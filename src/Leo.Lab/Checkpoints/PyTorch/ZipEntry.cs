using System.Text;

namespace Leo.Lab.Checkpoints.PyTorch;

/// <summary>A file in a zip archive.</summary>
/// <param name="Name">Its name, with <c>/</c> between folders.</param>
/// <param name="Method">Compression; 0 is none.</param>
/// <param name="Encrypted">Whether it is.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Header">Where its local header is.</param>
/// <param name="Position">Where its first byte is; once the local header was read.</param>
internal sealed record ZipEntry(string Name, int Method, bool Encrypted, long Length, long Header, long Position = -1)
{
    private const int FixedSize = 46;

    /// <summary>Reads an entry of the central directory.</summary>
    /// <param name="bytes">From its first byte on.</param>
    /// <param name="size">Its own bytes.</param>
    /// <param name="problem">What is wrong with it, if null is returned.</param>
    internal static ZipEntry? Parse(ReadOnlySpan<byte> bytes, out int size, out string? problem)
    {
        (size, problem) = (0, null);
        if (bytes.Length < FixedSize || ZipDirectory.U32(bytes, 0) != 0x02014b50)
        {
            problem = "no entry";
            return null;
        }
        int name = ZipDirectory.U16(bytes, 28), extra = ZipDirectory.U16(bytes, 30), comment = ZipDirectory.U16(bytes, 32);
        size = FixedSize + name + extra + comment;
        if (size > bytes.Length)
        {
            problem = "an entry that ends too early";
            return null;
        }
        long compressed = ZipDirectory.U32(bytes, 20), length = ZipDirectory.U32(bytes, 24), header = ZipDirectory.U32(bytes, 42);
        if (!Widen(bytes.Slice(FixedSize + name, extra), ref length, ref compressed, ref header))
        {
            problem = "a zip64 field that ends too early";
            return null;
        }
        int method = ZipDirectory.U16(bytes, 10);
        if (method == 0 && compressed != length)
        {
            problem = "a stored file of two lengths";
            return null;
        }
        bool encrypted = (ZipDirectory.U16(bytes, 8) & 1) != 0;
        return new ZipEntry(Encoding.UTF8.GetString(bytes.Slice(FixedSize, name)), method, encrypted, length, header);
    }

    // Zip64: numbers that do not fit 32 bits stand in an extra field, in this order.
    private static bool Widen(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long header)
    {
        while (extra.Length >= 4)
        {
            int id = ZipDirectory.U16(extra, 0), size = ZipDirectory.U16(extra, 2);
            if (size > extra.Length - 4)
            {
                return false;
            }
            if (id == 1)
            {
                var field = extra.Slice(4, size);
                return Take(ref field, ref length) && Take(ref field, ref compressed) && Take(ref field, ref header);
            }
            extra = extra[(4 + size)..];
        }
        return length != uint.MaxValue && compressed != uint.MaxValue && header != uint.MaxValue;
    }

    private static bool Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue)
        {
            return true;
        }
        if (field.Length < 8)
        {
            return false;
        }
        value = ZipDirectory.I64(field, 0);
        field = field[8..];
        return true;
    }
}
