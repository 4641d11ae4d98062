using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>An open file of named tensors, whatever its format; tensors are read one by one on demand.</summary>
public interface ITensorFile : IDisposable
{
    /// <summary>Where the file is.</summary>
    string Path { get; }

    /// <summary>The format, for people: <c>safetensors</c>, <c>PyTorch (zip)</c>, <c>PyTorch (legacy)</c>, <c>TorchSharp</c>.</summary>
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
    /// <exception cref="CheckpointException">No such tensor.</exception>
    ScalarType DType(string name);

    /// <summary>Reads one tensor into new contiguous CPU memory; the caller, or its dispose scope, owns it.</summary>
    /// <exception cref="CheckpointException">No such tensor, or the file was cut short since it was opened.</exception>
    Tensor Read(string name);

    /// <summary>Compares the data with the checksum that the file carries; files without one pass.</summary>
    /// <exception cref="CheckpointException">The data changed since it was written.</exception>
    void Verify();
}
