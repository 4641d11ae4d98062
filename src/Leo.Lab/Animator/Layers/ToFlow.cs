#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>
/// Predicts one scale's flow φ and mask, warps the source's features by φ and fills in the rest with the
/// generator's own (LEO §3.1; LIA §3.2).
/// </summary>
public sealed class ToFlow : nn.Module
{
    internal Parameter bias;
    internal Upsample upsample;
    internal ModulatedConv2d conv;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="styleDim">Width of the style.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public ToFlow(int inputs, int styleDim, Generator? generator = null) : base(nameof(ToFlow))
    {
        bias = new Parameter(zeros(1, 3, 1, 1));
        upsample = new Upsample();
        conv = new ModulatedConv2d(inputs, 3, 1, styleDim, demodulate: false, generator: generator);
        RegisterComponents();
    }

    /// <summary>One scale's flow, warp and inpainting.</summary>
    /// <param name="input">The generator's features [B, C, H, W].</param>
    /// <param name="style">[B, style].</param>
    /// <param name="source">The source's features [B, C, H, W].</param>
    /// <param name="coarser">The flow of the coarser scale [B, 3, H/2, W/2], null at the coarsest.</param>
    /// <param name="inpaint">Whether a finer scale needs the inpainted features.</param>
    /// <returns>The masked warp, the inpainted features (null unless asked for), and the flow before tanh and sigmoid [B, 3, H, W].</returns>
    public (Tensor Warped, Tensor? Inpainted, Tensor Flow) forward(Tensor input, Tensor style, Tensor source, Tensor? coarser, bool inpaint)
    {
        using var scope = NewDisposeScope();
        var features = Activations.Leave(input);                          // a flow's error is a pixel's place, so all of this is float32
        var flow = (input.dtype == bfloat16 ? conv.Project(features, style) : conv.forward(features, style)) + bias;
        if (coarser is not null) flow = flow + upsample.forward(coarser);

        var mask = flow.narrow(1, 2, 1).sigmoid();
        var warped = Warp.Apply(source, flow.narrow(1, 0, 2).tanh()) * mask;
        var inpainted = inpaint ? warped.addcmul(features, 1 - mask, 1) : null;
        return (warped.MoveToOuterDisposeScope(), inpainted?.MoveToOuterDisposeScope(), flow.MoveToOuterDisposeScope());
    }
}
