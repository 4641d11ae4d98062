using static TorchSharp.torch;

namespace Leo.Lab.Data;

/// <summary>Frames ready for a network, and where they come from.</summary>
/// <param name="Tensor">[T, 3, S, S] float32 in [-1, 1], T ≥ 1. Owned by whoever loaded them.</param>
/// <param name="FramesPerSecond">Rate; 25 where the source has none.</param>
/// <param name="Path">The file or folder.</param>
public sealed record Frames(Tensor Tensor, double FramesPerSecond, string Path) : IDisposable
{
    /// <summary>Frees the tensor.</summary>
    public void Dispose() => Tensor.Dispose();
}
