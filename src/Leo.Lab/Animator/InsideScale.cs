using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>What the generator does at one scale, s pixels; T frames.</summary>
/// <param name="Size">s.</param>
/// <param name="Flow">φ, [T, 2, s, s], x then y, in units of half the image's side, in (-1, 1).</param>
/// <param name="Mask">[T, 1, s, s] in (0, 1): 1 keeps the warped source, 0 inpaints.</param>
/// <param name="Warped">The source picture, reduced to s, warped by φ and neither masked nor inpainted, [T, 3, s, s].</param>
public sealed record InsideScale(int Size, Tensor Flow, Tensor Mask, Tensor Warped) : IDisposable
{
    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Flow.Dispose();
        Mask.Dispose();
        Warped.Dispose();
    }
}
