using System.Text;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>An open file by TorchSharp's <c>Module.save</c> (<c>.dat</c>), tensors read one by one on demand.</summary>
/// <remarks>
/// The format: a count of tensors, then for each its name, its type, its number of dimensions, its lengths and its elements.
/// Whole numbers are LEB128; a name is UTF-8 behind its length; types are libtorch's numbers. There is no mark at the start,
/// so that only a file that is well-formed from the first to the last byte is taken for one.
/// </remarks>
public sealed class TorchSharpFile : ITensorFile
{
    private const string Advice = "The file is damaged, or is neither safetensors nor PyTorch's nor TorchSharp's; get it again";
    private const int LongestName = 1000, MostTensors = 1_000_000;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly RandomAccessFile _file;
    private readonly OrderedDictionary<string, Entry> _entries;

    private TorchSharpFile(RandomAccessFile file)
    {
        _file = file;
        var reader = new ByteReader(file, 0, file.Length, advice: Advice);
        long count = Number(reader, MostTensors, "tensors");
        var found = new OrderedDictionary<string, Entry>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            string name = Name(reader);
            if (!found.TryAdd(name, Header(reader, name)))
            {
                throw Bad("the name appears twice", reader.Position);
            }
        }
        if (reader.Remaining != 0)
        {
            throw Bad($"expected the end after {count} tensors, found {reader.Remaining} bytes more", reader.Position);
        }
        _entries = new(TensorNames.Clean(found.Keys).Zip(found.Values, KeyValuePair.Create), StringComparer.Ordinal);
    }

    private sealed record Entry(ScalarType Type, long[] Shape, long Position);

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public string Format => "TorchSharp";

    /// <summary>Nothing: the format has tensors only.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens and checks a file.</summary>
    /// <exception cref="CheckpointException">Missing or not well-formed.</exception>
    public static TorchSharpFile Open(string path) => RandomAccessFile.Open(path, Open);

    /// <summary>Writes tensors atomically, for <c>Module.load</c>.</summary>
    /// <param name="path">Target; missing folders are made.</param>
    /// <param name="tensors">Any shapes, on any device, in the order that the file gets.</param>
    /// <exception cref="FileWriteException">The disk is full or the folder refuses; the old file is intact.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new BinaryWriter(stream, Utf8, leaveOpen: true);
            writer.Write7BitEncodedInt64(tensors.Count);
            foreach (var (name, value) in tensors)
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                var tensor = value.detach().cpu().contiguous();
                writer.Write(name);
                writer.Write7BitEncodedInt64((long)tensor.dtype);
                writer.Write7BitEncodedInt64(tensor.dim());
                foreach (long length in tensor.shape)
                {
                    writer.Write7BitEncodedInt64(length);
                }
                TensorBytes.Visit(tensor, bytes => writer.Write(bytes));
            }
        });
    }

    /// <inheritdoc/>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    /// <inheritdoc/>
    public ScalarType DType(string name) => Find(name).Type;

    /// <inheritdoc/>
    public Tensor Read(string name)
    {
        var entry = Find(name);
        return _file.ReadTensor(entry.Shape, entry.Type, entry.Position);
    }

    /// <summary>Does nothing: the format has no checksum.</summary>
    public void Verify()
    {
    }

    /// <summary>Closes the file; tensors already read stay.</summary>
    public void Dispose() => _file.Dispose();

    internal static TorchSharpFile Open(RandomAccessFile file) => new(file);

    private string Name(ByteReader reader)
    {
        long start = reader.Position;
        try
        {
            return Utf8.GetString(reader.ReadBytes(Number(reader, LongestName, "bytes of a name")));
        }
        catch (DecoderFallbackException)
        {
            throw Bad("expected a name in UTF-8, found other bytes", start);
        }
    }

    private Entry Header(ByteReader reader, string name)
    {
        long start = reader.Position;
        var type = (ScalarType)Number(reader, sbyte.MaxValue, "as type");
        if (!SafetensorsType.Knows(type))
        {
            throw Bad($"expected a type of {SafetensorsType.AllNames} for '{name}', found type {(int)type}", start);
        }
        long[] shape = new long[Number(reader, 64, "dimensions")];
        long extent = SafetensorsType.Of(type).Size;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = Number(reader, long.MaxValue, "elements");
            long length = Math.Max(1, shape[i]);
            extent = extent <= long.MaxValue / length ? extent * length : throw Bad($"the shape {Shapes.Text(shape)} overflows", start);
        }
        long position = reader.Position;
        reader.Skip(shape.Contains(0) ? 0 : extent);
        return new Entry(type, shape, position);
    }

    private long Number(ByteReader reader, long most, string what)
    {
        long start = reader.Position, value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte b = reader.ReadByte();
            value |= (long)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value <= most ? value : throw Bad($"expected at most {most} {what}, found {value}", start);
            }
        }
        throw Bad("expected a number of at most 63 bits, found a longer one", start);
    }

    private Entry Find(string name) => _entries.TryGetValue(name, out var entry)
        ? entry
        : throw new CheckpointException(Path, "expected a tensor of this name, found none", "Use a checkpoint of the right kind", name);

    private CheckpointException Bad(string problem, long position) =>
        new(Path, $"{problem} at byte {position}", Advice);
}
