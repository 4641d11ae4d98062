#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>
/// A bias-free convolution with an equalised learning rate: the weight is N(0, 1) and is scaled by
/// 1/√fan-in at each call (Karras et al. 2018, §4.1).
/// </summary>
public sealed class EqualConv2d : nn.Module<Tensor, Tensor>, IHasNarrowWeight
{
    internal Parameter weight;
    private readonly double _scale;
    private readonly long _stride;
    private readonly long _padding;

    /// <summary>Makes the convolution.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernelSize">Side of the square kernel.</param>
    /// <param name="stride">Stride in both directions.</param>
    /// <param name="padding">Zero padding on all four sides.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public EqualConv2d(int inputs, int outputs, int kernelSize, int stride = 1, int padding = 0, Generator? generator = null)
        : base(nameof(EqualConv2d))
    {
        weight = new Parameter(Weights.Normal([outputs, inputs, kernelSize, kernelSize], generator));
        _scale = 1 / Math.Sqrt(inputs * kernelSize * kernelSize);
        _stride = stride;
        _padding = padding;
        RegisterComponents();
    }

    /// <summary>Convolves <paramref name="input"/> [B, in, H, W].</summary>
    public override Tensor forward(Tensor input) => Convolve(input, null, 1);

    /// <inheritdoc/>
    NarrowWeight IHasNarrowWeight.Narrow => Narrow;

    private NarrowWeight Narrow { get; } = new();

    /// <summary>The factor on the weight that equalises the learning rate.</summary>
    internal double Scale => _scale;

    /// <summary>gain · conv(input) + bias: a gain costs nothing here, where the weight is scaled anyway.</summary>
    internal Tensor Convolve(Tensor input, Tensor? bias, double gain)
    {
        using var scaled = input.dtype == bfloat16 ? Narrow.Of(() => weight * (_scale * gain)) : weight * (_scale * gain);
        return Convolve(input, scaled, bias);
    }

    /// <summary>conv(input) + bias of an input that has <see cref="Scale"/> in it already.</summary>
    internal Tensor ConvolveScaled(Tensor input, Tensor? bias) => Convolve(input, weight, bias);

    private Tensor Convolve(Tensor input, Tensor kernel, Tensor? bias) =>
        nn.functional.conv2d(input, kernel, bias, [_stride, _stride], [_padding, _padding]);
}
