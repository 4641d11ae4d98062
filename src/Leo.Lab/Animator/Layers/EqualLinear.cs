#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>A linear layer with an equalised learning rate (Karras et al. 2018, §4.1), optionally activated.</summary>
public sealed class EqualLinear : nn.Module<Tensor, Tensor>
{
    internal Parameter weight;
    internal Parameter bias;
    private readonly double _scale;
    private readonly bool _activate;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Input width.</param>
    /// <param name="outputs">Output width.</param>
    /// <param name="initialBias">Initial value of the bias: 1 for style modulation, else 0.</param>
    /// <param name="activate">Whether a scaled leaky ReLU follows.</param>
    /// <param name="generator">Source of the initial weights; null leaves zeros, for weights to be loaded.</param>
    public EqualLinear(int inputs, int outputs, double initialBias = 0, bool activate = false, Generator? generator = null)
        : base(nameof(EqualLinear))
    {
        weight = new Parameter(Weights.Normal([outputs, inputs], generator));
        bias = new Parameter(full([outputs], initialBias, float32));
        _scale = 1 / Math.Sqrt(inputs);
        _activate = activate;
        RegisterComponents();
    }

    /// <summary>[B, in] → [B, out].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scaled = weight * _scale;
        if (!_activate) return nn.functional.linear(input, scaled, bias);
        using var linear = nn.functional.linear(input, scaled, bias);
        using var activated = nn.functional.leaky_relu(linear, FusedLeakyReLU.Slope);
        return activated * FusedLeakyReLU.Gain;
    }
}
