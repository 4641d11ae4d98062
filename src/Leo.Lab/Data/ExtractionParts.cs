using System.Security.Cryptography;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>
/// What was worked out of single videos, kept in a folder while a long extraction goes on, so that one that was interrupted goes on
/// where it stopped.
/// </summary>
/// <remarks>
/// A part is taken again only if it was made of the same bytes under the same name, with the same weights and in the same way; anything
/// else, and a damaged part, is made anew. A part does not depend on other videos, so the whole is the same bytes either way.
/// </remarks>
public sealed class ExtractionParts
{
    private const string SourceKey = "source";

    private readonly List<string> _damaged = [];

    /// <summary>Keeps parts in a folder, which is made with the first of them.</summary>
    public ExtractionParts(string folder) => Folder = folder;

    /// <summary>Where they are.</summary>
    public string Folder { get; }

    /// <summary>The folder beside the file that an extraction will write.</summary>
    public static ExtractionParts Beside(string file) => new(file + ".parts");

    /// <summary>Videos that did not have to be looked at again.</summary>
    public int Reused { get; private set; }

    /// <summary>Parts that were damaged, and so made anew; a line each.</summary>
    public IReadOnlyList<string> Damaged => _damaged;

    /// <summary>Deletes the parts: the whole is on the disk.</summary>
    public void Clear()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>A video's part, from the folder or by work.</summary>
    /// <param name="name">The video's name, one of a kind.</param>
    /// <param name="path">The video.</param>
    /// <param name="made">What the part depends on but the video; goes into its header.</param>
    /// <param name="work">Makes it.</param>
    /// <returns>Tensors in the current dispose scope.</returns>
    internal ExtractionPart Take(string name, string path, IReadOnlyDictionary<string, string> made, Func<ExtractionPart> work)
    {
        string source = $"{name} {HashOf(path)}", file = Path.Combine(Folder, Hash(name) + ".safetensors");
        if (File.Exists(file) && Read(file, source, made) is { } known)
        {
            Reused++;
            return known;
        }
        var part = work();
        Safetensors.Write(file, part.Tensors, new Dictionary<string, string>(made.Concat(part.Strings)) { [SourceKey] = source });
        return part;
    }

    private ExtractionPart? Read(string path, string source, IReadOnlyDictionary<string, string> made)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            file.Verify();
            return file.Metadata.GetValueOrDefault(SourceKey) == source && made.All(m => file.Metadata.GetValueOrDefault(m.Key) == m.Value)
                ? new ExtractionPart(file.Names.ToDictionary(n => n, n => file.Read(n)), file.Metadata)
                : null;
        }
        catch (CheckpointException e)
        {
            _damaged.Add(e.Message);
            return null;
        }
    }

    // A folder of frames is its files.
    private static string HashOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return HashOfFile(path);
        }
        var files = Directory.EnumerateFiles(path).Order(StringComparer.Ordinal);
        return Hash(string.Join('\n', files.Select(f => $"{Path.GetFileName(f)} {HashOfFile(f)}")));
    }

    private static string HashOfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}

/// <summary>What was worked out of one video.</summary>
/// <param name="Tensors">By name.</param>
/// <param name="Strings">What goes with them; read back, all that is in the header.</param>
internal sealed record ExtractionPart(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Strings)
{
    /// <summary>As bytes that another process of the same program reads.</summary>
    internal byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Tensors.Count);
        foreach (var (name, tensor) in Tensors)
        {
            using var whole = tensor.cpu().contiguous();
            writer.Write(name);
            writer.Write((sbyte)whole.dtype);
            writer.Write(whole.shape.Length);
            foreach (long length in whole.shape)
                writer.Write(length);
            writer.Write(whole.bytes);
        }
        writer.Write(Strings.Count);
        foreach (var (key, value) in Strings)
        {
            writer.Write(key);
            writer.Write(value);
        }
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>What <see cref="ToBytes"/> gave; tensors in the current dispose scope.</summary>
    internal static ExtractionPart From(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var tensors = new Dictionary<string, Tensor>();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            var type = (ScalarType)reader.ReadSByte();
            long[] shape = new long[reader.ReadInt32()];
            foreach (int i in Enumerable.Range(0, shape.Length))
                shape[i] = reader.ReadInt64();
            var tensor = empty(shape, dtype: type);
            reader.BaseStream.ReadExactly(tensor.bytes);
            tensors.Add(name, tensor);
        }
        var strings = new Dictionary<string, string>();
        for (int left = reader.ReadInt32(); left > 0; left--)
            strings.Add(reader.ReadString(), reader.ReadString());
        return new ExtractionPart(tensors, strings);
    }
}
