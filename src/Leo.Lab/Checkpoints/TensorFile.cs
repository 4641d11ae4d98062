using Leo.Lab.Checkpoints.PyTorch;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>Opens and writes files of named tensors in every format that is understood.</summary>
public static class TensorFile
{
    /// <summary>Opens a file; its content tells the format, whatever its name.</summary>
    /// <param name="path">safetensors, PyTorch (<c>torch.save</c>, zip or legacy), NumPy (<c>numpy.save</c>) or TorchSharp (<c>Module.save</c>).</param>
    /// <exception cref="CheckpointException">Missing, damaged, of no known format, or with anything in it but tensors and plain values.</exception>
    public static ITensorFile Open(string path) => RandomAccessFile.Open<ITensorFile>(path, file =>
    {
        Span<byte> head = stackalloc byte[(int)Math.Min(9, file.Length)];
        file.Read(head, 0);
        // A header of 640 bytes begins like a pickle (80 02), so that safetensors' own mark goes first.
        if (!IsSafetensors(head) && IsPyTorch(head))
        {
            return PyTorchFile.Open(file);
        }
        if (NpyFile.Matches(head))
        {
            return NpyFile.Open(file);
        }
        // A TorchSharp file has no mark of its own: it is what neither has another's nor is called safetensors.
        return IsSafetensors(head) || HasEnding(path, ".safetensors") ? SafetensorsFile.Open(file) : TorchSharpFile.Open(file);
    });

    /// <summary>Whether a file begins like one of tensors, or is called so: to tell it from pictures and videos.</summary>
    /// <exception cref="CheckpointException">There is such a file, and it cannot be read.</exception>
    public static bool Recognises(string path)
    {
        if (HasEnding(path, ".safetensors") || HasEnding(path, ".dat") || HasEnding(path, ".npy"))
        {
            return true;
        }
        if (!File.Exists(path))
        {
            return HasEnding(path, ".pt") || HasEnding(path, ".pth");
        }
        using var file = RandomAccessFile.Open(path);
        Span<byte> head = stackalloc byte[(int)Math.Min(9, file.Length)];
        file.Read(head, 0);
        return IsPyTorch(head) || IsSafetensors(head) || NpyFile.Matches(head) || HasEnding(path, ".pt") || HasEnding(path, ".pth");
    }

    private static bool IsPyTorch(ReadOnlySpan<byte> head) => PyTorchArchive.Matches(head) || PyTorchLegacy.Matches(head);

    private static bool IsSafetensors(ReadOnlySpan<byte> head) => head.Length == 9 && head[8] == (byte)'{';

    private static bool HasEnding(string path, string ending) => Path.GetExtension(path).Equals(ending, StringComparison.OrdinalIgnoreCase);
}

/// <summary>An open file of named tensors, whatever its format; tensors are read one by one on demand.</summary>
public interface ITensorFile : IDisposable
{
    /// <summary>Where the file is.</summary>
    string Path { get; }

    /// <summary>The format, for people: <c>safetensors</c>, <c>PyTorch (zip)</c>, <c>PyTorch (legacy)</c>, <c>NumPy</c>, <c>TorchSharp</c>.</summary>
    string Format { get; }

    /// <summary>Strings beside the tensors; empty if there are none.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Names of all tensors in the order of the file.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Whether there is a tensor of that name.</summary>
    bool Contains(string name);

    /// <summary>Shape of a tensor, without reading it.</summary>
    /// <exception cref="CheckpointException">No such tensor.</exception>
    IReadOnlyList<long> Shape(string name);

    /// <summary>Element type of a tensor, without reading it.</summary>
    /// <exception cref="CheckpointException">No such tensor, or of a type that is not read.</exception>
    ScalarType DType(string name);

    /// <summary>Whether a tensor's elements are of a type that is read; safetensors has more, such as F8.</summary>
    bool CanRead(string name) => Contains(name);

    /// <summary>Reads one tensor into new contiguous CPU memory; the caller, or its dispose scope, owns it.</summary>
    /// <exception cref="CheckpointException">No such tensor, or the file was cut short since it was opened.</exception>
    Tensor Read(string name);

    /// <summary>Compares the data with the checksum that the file carries; files without one pass.</summary>
    /// <exception cref="CheckpointException">The data changed since it was written.</exception>
    void Verify();
}

/// <summary>The memory of a contiguous CPU tensor in pieces that fit a span.</summary>
internal static class TensorBytes
{
    internal delegate void Visitor(Span<byte> bytes);

    // A span counts in int; a piece is a whole number of elements.
    private const long PieceBytes = 1L << 28;

    internal static void Visit(Tensor tensor, Visitor visit)
    {
        long count = tensor.numel(), piece = PieceBytes / tensor.element_size();
        if (count == 0)
        {
            return;
        }
        if (count <= piece)
        {
            visit(tensor.bytes);
            return;
        }
        using var flat = tensor.view(-1);
        for (long start = 0; start < count; start += piece)
        {
            using var part = flat.narrow(0, start, Math.Min(piece, count - start));
            visit(part.bytes);
        }
    }
}

/// <summary>Shapes as text.</summary>
internal static class Shapes
{
    /// <summary><c>[2, 3]</c>.</summary>
    public static string Text(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
