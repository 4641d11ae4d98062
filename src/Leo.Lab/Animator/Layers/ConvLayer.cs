using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>
/// [blur] → convolution → [activation], named 0, 1, 2 as in the official <c>nn.Sequential</c>. A downsampling
/// layer blurs and strides by 2.
/// </summary>
public sealed class ConvLayer : nn.Module<Tensor, Tensor>
{
    // In a tuple, because RegisterComponents would register plain fields a second time under their own names.
    private readonly (Blur? Blur, EqualConv2d Conv, FusedLeakyReLU? Activation) _layers;
    private readonly bool _blurStrides;
    private readonly double _gain;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernelSize">1 or 3.</param>
    /// <param name="downsample">Whether to halve the sides.</param>
    /// <param name="activate">Whether bias and activation follow.</param>
    /// <param name="gain">A factor on the output.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public ConvLayer(int inputs, int outputs, int kernelSize, bool downsample = false, bool activate = true,
        double gain = 1, Generator? generator = null) : base(nameof(ConvLayer))
    {
        // A 1×1 convolution sees only the pixels it keeps, so the blur alone can stride.
        _blurStrides = downsample && kernelSize == 1;
        var conv = new EqualConv2d(inputs, outputs, kernelSize, downsample && !_blurStrides ? 2 : 1,
            downsample ? 0 : kernelSize / 2, generator);
        _layers = (downsample ? new Blur((kernelSize + 1) / 2) : null, conv, activate ? new FusedLeakyReLU(outputs) : null);
        _gain = gain;

        int index = 0;
        if (_layers.Blur is { } blur) register_module($"{index++}", blur);
        register_module($"{index++}", conv);
        if (_layers.Activation is { } activation) register_module($"{index}", activation);
    }

    /// <summary>[B, in, H, W] → [B, out, H, W], or half the sides when downsampling.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (_layers.Activation is not { } activation) return Convolve(input, null, _gain).MoveToOuterDisposeScope();

        // Leaky ReLU is positively homogeneous: gain · √2 · lrelu(y + b) = lrelu(gain·√2·y + gain·√2·b),
        // which saves two passes over the activations.
        double gain = _gain * FusedLeakyReLU.Gain;
        var y = Convolve(input, (activation.bias * gain).flatten().to(input.dtype), gain);
        return nn.functional.leaky_relu(y, FusedLeakyReLU.Slope, inplace: true).MoveToOuterDisposeScope();
    }

    private Tensor Convolve(Tensor input, Tensor? bias, double gain)
    {
        var conv = _layers.Conv;
        if (_layers.Blur is not { } blur) return conv.Convolve(input, bias, gain);
        if (input.dtype == bfloat16)
        {
            // The blur's numbers are exact in bfloat16, and times a gain they would not be.
            using var smooth = _blurStrides ? StridedBlur(blur, input) : blur.Filter(input, 1, 1);
            return conv.Convolve(smooth, bias, gain);
        }
        using var blurred = blur.Filter(input, _blurStrides ? 2 : 1, gain * conv.Scale);
        return conv.ConvolveScaled(blurred, bias);
    }

    // oneDNN has no fast gradient of a strided depthwise convolution in bfloat16: it takes ten times as long as the rest of the layer.
    private static Tensor StridedBlur(Blur blur, Tensor input)
    {
        if (!input.requires_grad) return blur.Filter(input, 2, 1);
        using var wide = input.to(float32);
        using var blurred = blur.Filter(wide, 2, 1);
        return blurred.to(input.dtype);
    }
}
