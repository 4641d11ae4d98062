using System.Buffers.Binary;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>An open safetensors file: header checked whole on opening, tensors read one by one on demand.</summary>
public sealed class SafetensorsFile : ITensorFile
{
    private readonly RandomAccessFile _file;
    private readonly SafetensorsHeader _header;
    private readonly OrderedDictionary<string, SafetensorsHeader.Entry> _entries = new(StringComparer.Ordinal);
    private readonly long _dataStart;
    private readonly string? _headerChecksum;

    private SafetensorsFile(RandomAccessFile file)
    {
        _file = file;
        Span<byte> prefix = stackalloc byte[8];
        if (file.Length < 8)
        {
            throw Broken($"expected at least 8 bytes, found {file.Length}");
        }
        file.Read(prefix, 0);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.MaxLength || (long)headerLength > file.Length - 8)
        {
            throw Broken($"expected a header of at most {Math.Min(SafetensorsHeader.MaxLength, file.Length - 8)} bytes, found a length of {headerLength}");
        }
        byte[] header = new byte[headerLength];
        file.Read(header, 8);
        _dataStart = 8 + (long)headerLength;
        _header = SafetensorsHeader.Parse(file.Path, header, file.Length - _dataStart);
        foreach (var (name, entry) in TensorNames.Clean(_header.Entries.Keys).Zip(_header.Entries.Values))
        {
            _entries.Add(name, entry);
        }
        // Files of other programs have none, nor have older ones.
        _headerChecksum = Metadata.ContainsKey(Safetensors.HeaderChecksumKey) ? Safetensors.ChecksumOf(header) : null;
    }

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public string Format => "safetensors";

    /// <summary>The header's <c>__metadata__</c>; empty if there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Names of all tensors in the order of the header.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens and checks a file.</summary>
    /// <exception cref="CheckpointException">Missing, unreadable, truncated, or not a well-formed safetensors file.</exception>
    public static SafetensorsFile Open(string path) => RandomAccessFile.Open(path, Open);

    /// <inheritdoc/>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    /// <inheritdoc/>
    public ScalarType DType(string name) => TypeOf(Find(name));

    /// <inheritdoc/>
    public bool CanRead(string name) => _entries.TryGetValue(name, out var entry) && entry.Type is not null;

    /// <inheritdoc/>
    public Tensor Read(string name)
    {
        var entry = Find(name);
        return _file.ReadTensor(entry.Shape, TypeOf(entry), _dataStart + entry.Begin);
    }

    /// <inheritdoc/>
    public void Verify()
    {
        if (_headerChecksum is not null && !HeaderIsWhole)
        {
            throw Broken($"expected a header with checksum {Metadata[Safetensors.HeaderChecksumKey]}, found {_headerChecksum}");
        }
        if (!Metadata.TryGetValue(Safetensors.ChecksumKey, out string? expected))
        {
            return;
        }
        var checksum = new Checksum();
        byte[] buffer = new byte[1 << 20];
        for (long position = _dataStart; position < _file.Length;)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, _file.Length - position));
            _file.Read(piece, position);
            checksum.Add(piece);
            position += piece.Length;
        }
        if (checksum.Text != expected)
        {
            throw Broken($"expected data with checksum {expected}, found {checksum.Text}");
        }
    }

    /// <summary>
    /// <see cref="Verify"/> for files that are as this program wrote them. Other programs keep the strings of a header when they write
    /// other tensors; then the header's checksum does not fit, and that of the data says nothing.
    /// </summary>
    /// <exception cref="CheckpointException">The data changed since it was written, and the header did not.</exception>
    internal void VerifyIfOwn()
    {
        if (HeaderIsWhole)
        {
            Verify();
        }
    }

    /// <summary>Closes the file; tensors already read stay.</summary>
    public void Dispose() => _file.Dispose();

    internal static SafetensorsFile Open(RandomAccessFile file) => new(file);

    private bool HeaderIsWhole => _headerChecksum is not null && Metadata[Safetensors.HeaderChecksumKey] == _headerChecksum;

    internal string TypeName(string name) => Find(name).TypeName;

    private SafetensorsHeader.Entry Find(string name) => _entries.TryGetValue(name, out var entry)
        ? entry
        : throw new CheckpointException(Path, "expected a tensor of this name, found none", "Use a checkpoint of the right kind", name);

    private ScalarType TypeOf(SafetensorsHeader.Entry entry) => entry.Type
        ?? throw new CheckpointException(Path, $"expected a dtype of {SafetensorsType.AllNames}, found '{entry.TypeName}'", "Convert the tensor to one of these", entry.Name);

    private CheckpointException Broken(string problem) =>
        new(Path, problem, "The file is damaged or not a safetensors file; get it again");
}

/// <summary>The format's names of element types and their TorchSharp counterparts.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("F64", ScalarType.Float64, 8), ("I64", ScalarType.Int64, 8),
        ("F32", ScalarType.Float32, 4), ("I32", ScalarType.Int32, 4),
        ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    internal static string AllNames { get; } = string.Join(' ', Known.Select(k => k.Name));

    internal static bool TryParse(string name, out ScalarType type, out int size)
    {
        foreach (var known in Known)
        {
            if (known.Name == name)
            {
                (type, size) = (known.Type, known.Size);
                return true;
            }
        }
        (type, size) = (default, 0);
        return false;
    }

    internal static bool Knows(ScalarType type) => Known.Any(k => k.Type == type);

    internal static (string Name, int Size) Of(ScalarType type)
    {
        foreach (var known in Known)
        {
            if (known.Type == type)
            {
                return (known.Name, known.Size);
            }
        }
        throw new ArgumentException($"Tensors of {type} cannot be stored; the format knows {AllNames}.");
    }
}
