#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>Adds one scale's image to the upsampled sum of the coarser ones (LIA §3.2's image pyramid).</summary>
public sealed class ToRgb : nn.Module
{
    internal Parameter bias;
    internal Upsample? upsample;
    internal ConvLayer conv;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="upsample">False at 4×4, where there is nothing coarser.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public ToRgb(int inputs, bool upsample = true, Generator? generator = null) : base(nameof(ToRgb))
    {
        bias = new Parameter(zeros(1, 3, 1, 1));
        this.upsample = upsample ? new Upsample() : null;
        conv = new ConvLayer(inputs, 3, 1, generator: generator);
        RegisterComponents();
    }

    /// <summary>[B, C, H, W] and the coarser image [B, 3, H/2, W/2] (null at the coarsest scale) → [B, 3, H, W].</summary>
    public Tensor forward(Tensor input, Tensor? coarser)
    {
        using var scope = NewDisposeScope();
        var image = conv.forward(input) + bias;
        if (coarser is not null) image = image + upsample!.forward(coarser);
        return image.MoveToOuterDisposeScope();
    }
}
