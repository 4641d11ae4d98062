#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>StyleGAN2's downsampling residual block: (conv(conv(x)) + skip(x)) / √2.</summary>
public sealed class ResBlock : nn.Module<Tensor, Tensor>
{
    internal ConvLayer conv1;
    internal ConvLayer conv2;
    internal ConvLayer skip;

    /// <summary>Makes the block.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public ResBlock(int inputs, int outputs, Generator? generator = null) : base(nameof(ResBlock))
    {
        // The division by √2 goes into both branches' gains.
        double gain = 1 / Math.Sqrt(2);
        conv1 = new ConvLayer(inputs, inputs, 3, generator: generator);
        conv2 = new ConvLayer(inputs, outputs, 3, downsample: true, gain: gain, generator: generator);
        skip = new ConvLayer(inputs, outputs, 1, downsample: true, activate: false, gain: gain, generator: generator);
        RegisterComponents();
    }

    /// <summary>[B, in, H, W] → [B, out, H/2, W/2].</summary>
    public override Tensor forward(Tensor input)
    {
        using var hidden = conv1.forward(input);
        using var output = conv2.forward(hidden);
        using var shortcut = skip.forward(input);
        return output + shortcut;
    }
}
