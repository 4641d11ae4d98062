using System.Globalization;
using System.Numerics;
using Leo.Lab.Checkpoints.Pickle;

namespace Leo.Lab.Checkpoints.PyTorch;

/// <summary>
/// torch.save's format before PyTorch 1.6: five pickles – a magic number, the version 1001, the machine's sizes, the
/// object, the keys of its storages – then each storage as a count of elements and the elements.
/// </summary>
internal static class PyTorchLegacy
{
    private static readonly BigInteger Magic = BigInteger.Parse("01950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Whether it begins with a pickle of a number of ten bytes, protocol 2 or later.</summary>
    internal static bool Matches(ReadOnlySpan<byte> head) => head.Length >= 4 && head[0] == 0x80 && head[1] is >= 2 and <= 5;

    /// <summary>The saved object, its storages located.</summary>
    internal static object? Read(RandomAccessFile file)
    {
        var reader = new ByteReader(file, 0, file.Length);
        if (Plain(reader) is not BigInteger magic || magic != Magic)
        {
            throw new CheckpointException(file.Path, "expected PyTorch's magic number, found another pickle", "Give a file written by torch.save");
        }
        if (Plain(reader) is not 1001L || Plain(reader) is not PickleDict machine || !machine.TryGetValue("little_endian", out object? little))
        {
            throw file.Broken("expected PyTorch's format 1001 and the machine it was written on, found something else");
        }
        if (little is not true)
        {
            throw new CheckpointException(file.Path, "expected little-endian numbers, found others", "Save it again on an ordinary machine");
        }
        var storages = new StorageTable();
        object? saved = new Unpickler(reader, storages).Load();
        if (Plain(reader) is not PickleList keys || keys.Any(k => k is not string))
        {
            throw file.Broken("expected the list of storages, found something else");
        }
        foreach (string key in keys.Cast<string>())
        {
            Locate(file, reader, key, storages);
        }
        if (storages.All.Values.FirstOrDefault(s => s.Position < 0) is { } missing)
        {
            throw file.Broken("expected this storage behind the pickles, found none", missing.Key);
        }
        return saved;
    }

    private static void Locate(RandomAccessFile file, ByteReader reader, string key, StorageTable storages)
    {
        if (!storages.All.TryGetValue(key, out var storage) || storage.Position >= 0)
        {
            throw file.Broken("expected each storage that a tensor uses once, found another", key);
        }
        long count = reader.ReadInt64();
        if (count != storage.Count)
        {
            throw file.Broken($"expected a storage of {storage.Count} elements, found {count}", key);
        }
        storage.Position = reader.Position;
        reader.Skip(storage.Bytes);
    }

    // These pickles hold no tensors, so a storage in them is not known to anyone.
    private static object? Plain(ByteReader reader) => new Unpickler(reader, new StorageTable()).Load();
}
