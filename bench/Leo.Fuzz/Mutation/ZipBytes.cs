using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Leo.Fuzz.Mutation;

/// <summary>Zip archives that say one thing here and another there.</summary>
internal static class ZipBytes
{
    /// <summary>An archive of the given files, nearly always stored.</summary>
    public static byte[] Make(FuzzRandom random, List<(string Name, byte[] Data)> files)
    {
        if (random.Chance(0.05))
            files.Insert(random.Below(files.Count + 1), files[random.Below(files.Count)]);
        if (random.Chance(0.1))
            files.Insert(random.Below(files.Count + 1), (random.Pick(["../x", "/etc/x", "a\\..\\b", "archive/../../x", "C:/x", "archive/code/x.py", "other/data.pkl", "archive/" + Hostile.Mark, random.Pick(Hostile.Words)]), [1, 2, 3]));
        bool zip64 = random.Chance(0.1);
        var body = new List<byte>();
        var directory = new List<byte>();
        foreach (var (name, data) in files)
        {
            bool packed = random.Chance(0.03);
            byte[] utf8 = Encoding.UTF8.GetBytes(name), stored = packed ? Deflate(data) : data;
            long at = body.Count;
            ushort method = (ushort)(packed ? 8 : Lie(random, 0)), flags = (ushort)Lie(random, 0);
            uint length = (uint)Lie(random, stored.Length), plain = (uint)Lie(random, data.Length), offset = (uint)Lie(random, at);
            byte[] local = new byte[30], entry = new byte[46];
            BinaryPrimitives.WriteUInt32LittleEndian(local, 0x04034b50);
            BinaryPrimitives.WriteUInt16LittleEndian(local.AsSpan(6), flags);
            BinaryPrimitives.WriteUInt16LittleEndian(local.AsSpan(8), (ushort)(packed ? 8 : 0));
            BinaryPrimitives.WriteUInt32LittleEndian(local.AsSpan(18), (uint)stored.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(local.AsSpan(22), (uint)data.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(local.AsSpan(26), (ushort)Lie(random, utf8.Length));
            body.AddRange([.. local, .. utf8, .. stored]);
            BinaryPrimitives.WriteUInt32LittleEndian(entry, 0x02014b50);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(8), flags);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(10), method);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(20), zip64 ? uint.MaxValue : length);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(24), zip64 ? uint.MaxValue : plain);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(28), (ushort)Lie(random, utf8.Length));
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(30), (ushort)(zip64 ? Lie(random, 28) : Lie(random, 0)));
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(42), zip64 ? uint.MaxValue : offset);
            directory.AddRange([.. entry, .. utf8]);
            if (zip64)
                directory.AddRange([1, 0, 24, 0, .. Int64(Lie(random, data.Length)), .. Int64(Lie(random, stored.Length)), .. Int64(Lie(random, at))]);
        }
        byte[] end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)Lie(random, files.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)Lie(random, directory.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)Lie(random, body.Count));
        byte[] comment = random.Chance(0.05) ? random.Bytes(random.Below(40)) : [];
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(20), (ushort)Lie(random, comment.Length));
        byte[] end64 = zip64 || random.Chance(0.02) ? End64(random, files.Count, directory.Count, body.Count) : [];
        return [.. body, .. directory, .. end64, .. end, .. comment];
    }

    private static byte[] End64(FuzzRandom random, int count, int size, int start)
    {
        byte[] end = new byte[56], locator = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06064b50);
        Int64(44).CopyTo(end, 4);
        Int64(Lie(random, count)).CopyTo(end, 32);
        Int64(Lie(random, size)).CopyTo(end, 40);
        Int64(Lie(random, start)).CopyTo(end, 48);
        BinaryPrimitives.WriteUInt32LittleEndian(locator, 0x07064b50);
        Int64(Lie(random, start + size)).CopyTo(locator, 8);
        return [.. end, .. locator];
    }

    private static long Lie(FuzzRandom random, long truth) => random.Chance(0.985) ? truth : random.Chance(0.3) ? truth + random.Below(5) - 2 : random.Number();

    private static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(data);
        return packed.ToArray();
    }

    private static byte[] Int64(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
