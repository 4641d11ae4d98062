using System.Text;
using Leo.Lab.Checkpoints.Pickle;

namespace Leo.Lab.Checkpoints.PyTorch;

/// <summary>torch.save's format since PyTorch 1.6: a zip of <c>x/data.pkl</c> and one file <c>x/data/key</c> for each storage.</summary>
internal static class PyTorchArchive
{
    private const string PickleName = "/data.pkl";

    internal static bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    /// <summary>The saved object, its storages located.</summary>
    internal static object? Read(RandomAccessFile file)
    {
        var zip = ZipDirectory.Read(file);
        string[] pickles = [.. zip.Entries.Keys.Where(n => n.EndsWith(PickleName, StringComparison.Ordinal) && n.IndexOf('/') == n.Length - PickleName.Length)];
        if (pickles.Length != 1)
        {
            throw new CheckpointException(file.Path, $"expected a zip archive by torch.save with one data.pkl, found {pickles.Length}", "Give a checkpoint file");
        }
        string root = pickles[0][..^PickleName.Length];
        if (zip.Entries.ContainsKey(root + "/constants.pkl"))
        {
            throw new CheckpointException(file.Path, "expected a state dictionary, found a TorchScript program", "Save its state_dict() with torch.save");
        }
        CheckByteOrder(file, zip, root);
        var entry = zip.Entries[pickles[0]];
        RequirePickleSize(file, entry.Length, entry.Name);
        var storages = new StorageTable();
        object? saved = new Unpickler(new ByteReader(file, entry.Position, entry.Position + entry.Length, entry.Name), storages).Load();
        foreach (var storage in storages.All.Values)
        {
            string name = $"{root}/data/{storage.Key}";
            if (!zip.Entries.TryGetValue(name, out var data))
            {
                throw file.Broken($"expected {storage.Bytes} bytes of a storage, found no such file in the archive", name);
            }
            if (data.Length < storage.Bytes)
            {
                throw file.Broken($"expected {storage.Bytes} bytes of a storage, found {data.Length}", name);
            }
            storage.Position = data.Position;
        }
        return saved;
    }

    /// <summary>A pickle describes tensors and does not hold them: a hundred times LIA's size is enough.</summary>
    internal static void RequirePickleSize(RandomAccessFile file, long length, string name)
    {
        const long Most = 32 << 20;
        if (length > Most)
        {
            throw new CheckpointException(file.Path, $"expected a pickle of at most {Most} bytes, found {length}", "Save a state_dict() alone", name);
        }
    }

    private static void CheckByteOrder(RandomAccessFile file, ZipDirectory zip, string root)
    {
        if (!zip.Entries.TryGetValue(root + "/byteorder", out var entry))
        {
            return;
        }
        byte[] bytes = new byte[Math.Min(entry.Length, 16)];
        file.Read(bytes, entry.Position);
        if (Encoding.ASCII.GetString(bytes) is var order && order != "little")
        {
            throw new CheckpointException(file.Path, $"expected byte order 'little', found '{order}'", "Save it again on an ordinary machine", entry.Name);
        }
    }
}
