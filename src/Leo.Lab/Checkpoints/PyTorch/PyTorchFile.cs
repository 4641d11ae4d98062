using Leo.Lab.Checkpoints.Pickle;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints.PyTorch;

/// <summary>An open file by torch.save, of either format: described whole on opening, tensors read one by one on demand.</summary>
/// <remarks>
/// Nothing in it is executed (see <see cref="Unpickler"/>). Names are the keys of nested dicts joined by dots. Numbers and
/// texts beside the tensors are <see cref="Metadata"/> under <see cref="ValuePrefix"/>: <c>pt.args.size</c>.
/// </remarks>
public sealed class PyTorchFile : ITensorFile
{
    /// <summary>Prefix of the plain values in <see cref="Metadata"/>, which keeps them apart from this project's own keys.</summary>
    public const string ValuePrefix = "pt.";

    // Tensors may share storages, and repeat elements with stride 0; a few bytes must not become all memory.
    private const long MostSharing = 8, MostRepeating = 64 << 20;

    private readonly RandomAccessFile _file;
    private readonly OrderedDictionary<string, StoredTensor> _tensors;

    private PyTorchFile(RandomAccessFile file, string format, object? saved)
    {
        (_file, Format) = (file, format);
        var tree = StateTree.Flatten(file.Path, saved);
        _tensors = new(TensorNames.Clean(tree.Tensors.Keys).Zip(tree.Tensors.Values, KeyValuePair.Create), StringComparer.Ordinal);
        Metadata = tree.Values.ToDictionary(v => ValuePrefix + v.Key, v => v.Value);
        Int128 total = 0;
        foreach (var (name, tensor) in _tensors)
        {
            total += tensor.Bytes;
            if (total > ((Int128)file.Length * MostSharing) + MostRepeating)
            {
                throw new CheckpointException(file.Path, $"expected tensors of at most {MostSharing} times the file's {file.Length} bytes, found more by sharing and repeating",
                    "Save them with clone()", name);
            }
        }
    }

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public string Format { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Opens a file by torch.save.</summary>
    /// <exception cref="CheckpointException">Missing, damaged, or with anything in it but tensors and plain values.</exception>
    public static PyTorchFile Open(string path) => RandomAccessFile.Open(path, Open);

    /// <inheritdoc/>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    /// <inheritdoc/>
    public ScalarType DType(string name) => Find(name).Storage.Type;

    /// <inheritdoc/>
    public Tensor Read(string name)
    {
        var tensor = Find(name);
        var storage = tensor.Storage;
        long position = storage.Position + (tensor.Offset * storage.ElementSize);
        if (tensor.IsContiguous)
        {
            return _file.ReadTensor(tensor.Shape, storage.Type, position);
        }
        if (tensor.Span * storage.ElementSize > MostRepeating + (tensor.Bytes * MostSharing))
        {
            throw new CheckpointException(Path, $"its {tensor.Count} elements are spread over {tensor.Span} of the storage", "Save it with contiguous()", name);
        }
        using var scope = NewDisposeScope();
        var span = _file.ReadTensor([tensor.Span], storage.Type, position);
        return span.as_strided(tensor.Shape, tensor.Strides).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Does nothing: zip's checksums are optional in PyTorch, and the legacy format has none.</summary>
    public void Verify()
    {
    }

    /// <summary>Closes the file; tensors already read stay.</summary>
    public void Dispose() => _file.Dispose();

    internal static PyTorchFile Open(RandomAccessFile file)
    {
        Span<byte> head = stackalloc byte[(int)Math.Min(4, file.Length)];
        file.Read(head, 0);
        return PyTorchArchive.Matches(head) ? new PyTorchFile(file, "PyTorch (zip)", PyTorchArchive.Read(file))
            : PyTorchLegacy.Matches(head) ? new PyTorchFile(file, "PyTorch (legacy)", PyTorchLegacy.Read(file))
            : throw new CheckpointException(file.Path, "expected a file by torch.save, found something else", "Give a checkpoint file");
    }

    private StoredTensor Find(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new CheckpointException(Path, "expected a tensor of this name, found none", "Use a checkpoint of the right kind", name);
}
