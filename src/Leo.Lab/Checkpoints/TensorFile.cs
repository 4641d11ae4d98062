using Leo.Lab.Checkpoints.PyTorch;

namespace Leo.Lab.Checkpoints;

/// <summary>Opens and writes files of named tensors in every format that is understood.</summary>
public static class TensorFile
{
    /// <summary>Opens a file; its content tells the format, whatever its name.</summary>
    /// <param name="path">safetensors, PyTorch (<c>torch.save</c>, zip or legacy) or TorchSharp (<c>Module.save</c>).</param>
    /// <exception cref="CheckpointException">Missing, damaged, of no known format, or with anything in it but tensors and plain values.</exception>
    public static ITensorFile Open(string path)
    {
        RandomAccessFile file = RandomAccessFile.Open(path);
        try
        {
            Span<byte> head = stackalloc byte[(int)Math.Min(9, file.Length)];
            file.Read(head, 0);
            if (PyTorchArchive.Matches(head) || PyTorchLegacy.Matches(head))
            {
                return PyTorchFile.Open(file);
            }
            // A TorchSharp file has no mark of its own: it is what neither has another's nor is called safetensors.
            bool safetensors = (head.Length == 9 && head[8] == (byte)'{')
                || Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase);
            return safetensors ? SafetensorsFile.Open(file) : TorchSharpFile.Open(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
