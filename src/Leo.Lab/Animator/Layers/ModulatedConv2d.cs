#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>
/// StyleGAN2's modulated convolution (Karras et al. 2020, §2.2): the style scales the weight's input channels,
/// demodulation its output channels back to unit norm.
/// </summary>
/// <remarks>
/// Scaling the weight of each sample makes a grouped convolution with B·C groups. Scaling the input by the style
/// and the output by the demodulation factor gives the same numbers with one ordinary convolution.
/// </remarks>
public sealed class ModulatedConv2d : nn.Module<Tensor, Tensor, Tensor>, IHasNarrowWeight
{
    private const double Epsilon = 1e-8;

    internal Parameter weight;
    internal Blur? blur;
    internal EqualLinear modulation;
    private readonly NarrowWeight _narrow = new();
    private readonly double _scale;
    private readonly long _padding;
    private readonly bool _demodulate;

    /// <summary>Makes the convolution.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernelSize">1 or 3.</param>
    /// <param name="styleDim">Width of the style.</param>
    /// <param name="demodulate">Whether to demodulate.</param>
    /// <param name="upsample">Whether to double the sides.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public ModulatedConv2d(int inputs, int outputs, int kernelSize, int styleDim, bool demodulate = true,
        bool upsample = false, Generator? generator = null) : base(nameof(ModulatedConv2d))
    {
        weight = new Parameter(Weights.Normal([1, outputs, inputs, kernelSize, kernelSize], generator));
        blur = upsample ? new Blur(1, gain: 4) : null;
        modulation = new EqualLinear(styleDim, inputs, initialBias: 1, generator: generator);
        _scale = 1 / Math.Sqrt(inputs * kernelSize * kernelSize);
        _padding = kernelSize / 2;
        _demodulate = demodulate;
        RegisterComponents();
    }

    /// <inheritdoc/>
    NarrowWeight IHasNarrowWeight.Narrow => _narrow;

    /// <summary>([B, in, H, W], [B, style]) → [B, out, H, W], or twice the sides when upsampling.</summary>
    public override Tensor forward(Tensor input, Tensor style)
    {
        using var scope = NewDisposeScope();
        var (output, demodulation) = Convolve(input, style);
        return (demodulation is null ? output : output * demodulation.to(output.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// As <see cref="forward"/> of a 1×1 convolution without demodulation, as one matrix product for each sample: the style scales the few weights in place
    /// of the map.
    /// </summary>
    internal Tensor Project(Tensor input, Tensor style)
    {
        using var scope = NewDisposeScope();
        var s = modulation.forward(style) * _scale;                       // [B, in]
        var w = weight.flatten(2) * s.unsqueeze(1);                       // [B, out, in]
        return bmm(w, input.flatten(2)).view(input.shape[0], weight.shape[1], input.shape[2], input.shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>The convolution and the factor [B, out, 1, 1] still to be multiplied in; the factor is null without demodulation.</summary>
    internal (Tensor Output, Tensor? Demodulation) Convolve(Tensor input, Tensor style)
    {
        using var scope = NewDisposeScope();
        var s = modulation.forward(style) * _scale;                       // [B, in], with the weight's equalising factor
        var w = weight.squeeze(0);                                        // [out, in, k, k]
        var k = input.dtype == bfloat16 ? _narrow.Of(() => weight.squeeze(0)) : w;
        var x = input * s.to(input.dtype).unsqueeze(-1).unsqueeze(-1);
        var y = blur is null
            ? nn.functional.conv2d(x, k, null, [1, 1], [_padding, _padding])
            : blur.forward(nn.functional.conv_transpose2d(x, k.transpose(0, 1), null, [2, 2]));
        if (!_demodulate) return (y.MoveToOuterDisposeScope(), null);

        var energy = w.square().sum([2, 3]);                              // [out, in]
        var d = nn.functional.linear(s.square(), energy).add(Epsilon).rsqrt().unsqueeze(-1).unsqueeze(-1);
        return (y.MoveToOuterDisposeScope(), d.MoveToOuterDisposeScope());
    }
}
