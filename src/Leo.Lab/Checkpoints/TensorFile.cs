using Leo.Lab.Checkpoints.PyTorch;

namespace Leo.Lab.Checkpoints;

/// <summary>Opens and writes files of named tensors in every format that is understood.</summary>
public static class TensorFile
{
    /// <summary>Opens a file; its content tells the format, whatever its name.</summary>
    /// <param name="path">safetensors, PyTorch (<c>torch.save</c>, zip or legacy) or TorchSharp (<c>Module.save</c>).</param>
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
        // A TorchSharp file has no mark of its own: it is what neither has another's nor is called safetensors.
        return IsSafetensors(head) || HasEnding(path, ".safetensors") ? SafetensorsFile.Open(file) : TorchSharpFile.Open(file);
    });

    /// <summary>Whether a file begins like one of tensors, or is called so: to tell it from pictures and videos.</summary>
    /// <exception cref="CheckpointException">There is such a file, and it cannot be read.</exception>
    public static bool Recognises(string path)
    {
        if (HasEnding(path, ".safetensors") || HasEnding(path, ".dat"))
        {
            return true;
        }
        if (!File.Exists(path))
        {
            return HasEnding(path, ".pt") || HasEnding(path, ".pth");
        }
        using RandomAccessFile file = RandomAccessFile.Open(path);
        Span<byte> head = stackalloc byte[(int)Math.Min(9, file.Length)];
        file.Read(head, 0);
        return IsPyTorch(head) || IsSafetensors(head) || HasEnding(path, ".pt") || HasEnding(path, ".pth");
    }

    private static bool IsPyTorch(ReadOnlySpan<byte> head) => PyTorchArchive.Matches(head) || PyTorchLegacy.Matches(head);

    private static bool IsSafetensors(ReadOnlySpan<byte> head) => head.Length == 9 && head[8] == (byte)'{';

    private static bool HasEnding(string path, string ending) => Path.GetExtension(path).Equals(ending, StringComparison.OrdinalIgnoreCase);
}
