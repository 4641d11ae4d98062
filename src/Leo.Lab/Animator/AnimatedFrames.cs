using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>What the generator makes of a batch of motion codes.</summary>
/// <param name="Image">Frames [B, 3, S, S], nominally in [-1, 1], not clamped.</param>
/// <param name="Flows">Flow and mask before tanh and sigmoid at 8, 16, …, S pixels, each [B, 3, s, s].</param>
public sealed record AnimatedFrames(Tensor Image, IReadOnlyList<Tensor> Flows) : IDisposable
{
    /// <summary>φ at the finest scale, [B, 2, S, S], x then y, in units of half the image's side, in (-1, 1). A new tensor.</summary>
    public Tensor Flow()
    {
        using var raw = Flows[^1].narrow(1, 0, 2);
        return raw.tanh();
    }

    /// <summary>The mask at the finest scale, [B, 1, S, S] in (0, 1): 1 keeps the warped source, 0 inpaints. A new tensor.</summary>
    public Tensor Mask()
    {
        using var raw = Flows[^1].narrow(1, 2, 1);
        return raw.sigmoid();
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Image.Dispose();
        foreach (var flow in Flows) flow.Dispose();
    }
}
