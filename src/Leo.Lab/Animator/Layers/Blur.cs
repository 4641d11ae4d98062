#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>
/// The 4×4 binomial low-pass filter around StyleGAN2's re-sampling. It runs as one depthwise convolution, which
/// is some fifty times faster on a CPU than the usual one-channel convolution over [B·C, 1, H, W].
/// </summary>
public sealed class Blur : nn.Module<Tensor, Tensor>
{
    internal Tensor kernel;
    private readonly long _padding;

    /// <summary>Makes the filter.</summary>
    /// <param name="padding">Zero padding on all four sides.</param>
    /// <param name="gain">What the kernel sums to: 4 after a stride-2 transposed convolution, else 1.</param>
    public Blur(int padding, double gain = 1) : base(nameof(Blur))
    {
        kernel = Weights.BlurKernel(gain);
        _padding = padding;
        RegisterComponents();
    }

    /// <summary>[B, C, H, W] → [B, C, H + 2p − 3, W + 2p − 3].</summary>
    public override Tensor forward(Tensor input) => Filter(input, 1, 1);

    /// <summary>
    /// gain · blur(input), of which every <paramref name="stride"/>-th pixel is kept without computing the others. A
    /// gain on these 16 numbers spares one on all weights of the convolution that follows.
    /// </summary>
    internal Tensor Filter(Tensor input, long stride, double gain)
    {
        long channels = input.shape[1];
        using var flipped = kernel.flip(0, 1);
        using var scaled = flipped * gain;
        using var typed = scaled.to(input.dtype);
        using var depthwise = typed.expand(channels, 1, 4, 4);
        return nn.functional.conv2d(input, depthwise, null, [stride, stride], [_padding, _padding], null, channels);
    }
}
