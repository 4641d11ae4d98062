#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>Doubles an image's sides: zeros between the pixels, then the binomial filter with gain 4.</summary>
public sealed class Upsample : nn.Module<Tensor, Tensor>
{
    internal Tensor kernel;

    /// <summary>Makes the filter.</summary>
    public Upsample() : base(nameof(Upsample))
    {
        kernel = Weights.BlurKernel(4);
        RegisterComponents();
    }

    /// <summary>[B, C, H, W] → [B, C, 2H, 2W].</summary>
    public override Tensor forward(Tensor input)
    {
        // Inserting zeros and filtering is what a transposed convolution does.
        long channels = input.shape[1];
        using var depthwise = kernel.expand(channels, 1, 4, 4);
        return nn.functional.conv_transpose2d(input, depthwise, null, [2, 2], [1, 1], null, null, channels);
    }
}
