#pragma warning disable IDE1006 // fields are state-dict keys
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>A 3×3 convolution with bias and a rectifier, its padding keeping the size.</summary>
internal sealed class ReluConv : nn.Module<Tensor, Tensor>
{
    internal Parameter weight;
    internal Parameter bias;
    private readonly long _stride;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="stride">1, or 2 to halve the sides.</param>
    /// <param name="generator">Source of weights by He et al. 2015; null leaves zeros, for weights to be loaded.</param>
    internal ReluConv(int inputs, int outputs, int stride = 1, Generator? generator = null) : base(nameof(ReluConv))
    {
        long[] shape = [outputs, inputs, 3, 3];
        // In place: the model is built outside every dispose scope, where a temporary would stay.
        weight = new Parameter(generator is null ? zeros(shape, float32) : randn(shape, float32, generator: generator).mul_(Math.Sqrt(2.0 / (inputs * 9))));
        bias = new Parameter(zeros([outputs], float32));
        _stride = stride;
        RegisterComponents();
    }

    /// <summary>[B, in, H, W] → [B, out, H/stride, W/stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using var linear = nn.functional.conv2d(input, weight, bias, [_stride, _stride], [1, 1]);
        return nn.functional.relu(linear);
    }
}
