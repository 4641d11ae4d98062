using System.IO.Compression;
using System.Text;

namespace Leo.Lab.Tests.Checkpoints;

/// <summary>Puts pickles, and files as torch.save makes them, together byte by byte: what torch.save itself would not write.</summary>
internal static class PickleBytes
{
    private const string Magic = "\u0080\u0002\u008a\u000a\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019.";

    /// <summary>A text of a pickle: BINUNICODE.</summary>
    internal static string Text(string text) => "X" + Int(text.Length) + text;

    /// <summary>Four bytes, little-endian.</summary>
    internal static string Int(int value) => Encoding.Latin1.GetString(BitConverter.GetBytes(value));

    /// <summary>Eight bytes, little-endian.</summary>
    internal static string Long(long value) => Encoding.Latin1.GetString(BitConverter.GetBytes(value));

    /// <summary>A number of a pickle: LONG1 of eight bytes.</summary>
    internal static string Number(long value) => "\u008a\u0008" + Long(value);

    /// <summary>A tuple of a pickle.</summary>
    internal static string Tuple(params string[] items) => "(" + string.Concat(items) + "t";

    /// <summary>The persistent id of a float storage, with what may follow.</summary>
    internal static string Storage(long count, string key = "0", string type = "FloatStorage", string view = "") =>
        $"({Text("storage")}ctorch\n{type}\n{Text(key)}{Text("cpu")}{Number(count)}{view}tQ";

    /// <summary>A tensor of a pickle.</summary>
    internal static string Tensor(string storage, long offset, string shape, string strides) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n({storage}{Number(offset)}{shape}{strides}\u0089ccollections\nOrderedDict\n)RtR";

    /// <summary>A dict of one entry.</summary>
    internal static string Dict(string key, string value) => $"}}{Text(key)}{value}s";

    internal static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    /// <summary>The legacy format around an object's pickle: header, keys, storages.</summary>
    internal static byte[] Legacy(string pickle, params (string Key, float[] Values)[] storages) =>
    [
        .. Bytes($"{Magic}\u0080\u0002M\u00e9\u0003.\u0080\u0002}}{Text("little_endian")}\u0088s."),
        .. Bytes(pickle),
        .. Bytes($"\u0080\u0002](" + string.Concat(storages.Select(s => Text(s.Key))) + "e."),
        .. storages.SelectMany(s => (byte[])[.. BitConverter.GetBytes((long)s.Values.Length), .. s.Values.SelectMany(BitConverter.GetBytes)]),
    ];

    /// <summary>The zip format: an archive of the given files, stored.</summary>
    internal static byte[] Zip(params (string Name, byte[] Data)[] files) => Zip(CompressionLevel.NoCompression, files);

    internal static byte[] Zip(CompressionLevel level, params (string Name, byte[] Data)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, data) in files)
            {
                using var stream = zip.CreateEntry(name, level).Open();
                stream.Write(data);
            }
        }
        return memory.ToArray();
    }

    /// <summary>A zip with one float storage "0".</summary>
    internal static byte[] Zip(string pickle, params float[] values) =>
        Zip(("archive/data.pkl", Bytes(pickle)), ("archive/data/0", [.. values.SelectMany(BitConverter.GetBytes)]));
}
