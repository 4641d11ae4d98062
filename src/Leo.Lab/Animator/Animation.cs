using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>A source image animated by a sequence of motion codes; T frames.</summary>
/// <param name="Frames">[T, 3, S, S], nominally in [-1, 1], not clamped.</param>
/// <param name="Codes">The codes fed to the generator, [T, 20].</param>
/// <param name="Flow">φ at the finest scale, [T, 2, S, S], x then y, in units of half the image's side, in (-1, 1).</param>
/// <param name="Mask">The mask at the finest scale, [T, 1, S, S] in (0, 1): 1 keeps the warped source, 0 inpaints.</param>
public sealed record Animation(Tensor Frames, Tensor Codes, Tensor Flow, Tensor Mask) : IDisposable
{
    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Frames.Dispose();
        Codes.Dispose();
        Flow.Dispose();
        Mask.Dispose();
    }
}
