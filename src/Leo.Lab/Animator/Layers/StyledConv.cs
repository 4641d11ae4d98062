#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>A modulated 3×3 convolution with bias and activation.</summary>
public sealed class StyledConv : nn.Module<Tensor, Tensor, Tensor>
{
    internal ModulatedConv2d conv;
    internal NoiseInjection noise;
    internal FusedLeakyReLU activate;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="styleDim">Width of the style.</param>
    /// <param name="upsample">Whether to double the sides.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public StyledConv(int inputs, int outputs, int styleDim, bool upsample = false, Generator? generator = null)
        : base(nameof(StyledConv))
    {
        conv = new ModulatedConv2d(inputs, outputs, 3, styleDim, upsample: upsample, generator: generator);
        noise = new NoiseInjection();
        activate = new FusedLeakyReLU(outputs);
        RegisterComponents();
    }

    /// <summary>([B, in, H, W], [B, style]) → [B, out, H, W], or twice the sides when upsampling.</summary>
    public override Tensor forward(Tensor input, Tensor style)
    {
        using var scope = NewDisposeScope();
        var (y, demodulation) = conv.Convolve(input, style);
        // √2 goes through the activation into the demodulation factor and the bias: one pass instead of four.
        var biased = (activate.bias * FusedLeakyReLU.Gain).to(y.dtype).addcmul(y, (demodulation! * FusedLeakyReLU.Gain).to(y.dtype), 1);
        return nn.functional.leaky_relu(biased, FusedLeakyReLU.Slope, inplace: true).MoveToOuterDisposeScope();
    }
}
