#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>√2 · LeakyReLU(x + bias) with slope 0.2: StyleGAN2's activation, which keeps the variance.</summary>
public sealed class FusedLeakyReLU : nn.Module<Tensor, Tensor>
{
    /// <summary>Slope below zero.</summary>
    public const double Slope = 0.2;

    /// <summary>√2, which restores the variance that the activation takes away.</summary>
    public static readonly double Gain = Math.Sqrt(2);

    internal Parameter bias;

    /// <summary>Makes the activation for <paramref name="channels"/> channels, with a zero bias.</summary>
    public FusedLeakyReLU(int channels) : base(nameof(FusedLeakyReLU))
    {
        bias = new Parameter(zeros(1, channels, 1, 1));
        RegisterComponents();
    }

    /// <summary>Activates <paramref name="input"/> [B, C, H, W].</summary>
    public override Tensor forward(Tensor input)
    {
        using var biased = input + bias;
        using var activated = nn.functional.leaky_relu(biased, Slope);
        return activated * Gain;
    }
}
