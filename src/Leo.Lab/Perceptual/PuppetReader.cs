#pragma warning disable IDE1006 // fields are state-dict keys
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Perceptual;

/// <summary>Reads numbers from the last map of <see cref="PuppetFeatures"/>; needed for training alone.</summary>
internal sealed class PuppetReader : nn.Module<Tensor, Tensor>
{
    private const int Width = 256, Side = 4;

    internal ReluConv conv;
    internal Linear hidden;
    internal Linear output;

    /// <summary>Makes the reader.</summary>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="numbers">Numbers to read.</param>
    /// <param name="generator">Source of the initial weights.</param>
    public PuppetReader(int channels, int numbers, Generator generator) : base(nameof(PuppetReader))
    {
        conv = new ReluConv(channels, channels, 1, generator);
        hidden = Filled(channels * Side * Side, Width, generator);
        output = Filled(Width, numbers, generator);
        RegisterComponents();
    }

    /// <summary>[B, C, h, w] → [B, numbers].</summary>
    public override Tensor forward(Tensor map)
    {
        using var scope = NewDisposeScope();
        // Where something is matters, so the map is not averaged away.
        var x = nn.functional.adaptive_avg_pool2d(conv.forward(map), Side).flatten(1);
        return output.forward(hidden.forward(x).relu()).MoveToOuterDisposeScope();
    }

    private static Linear Filled(int inputs, int outputs, Generator generator)
    {
        using var noGrad = no_grad();
        var linear = nn.Linear(inputs, outputs);
        var bound = 1 / Math.Sqrt(inputs);
        linear.weight!.uniform_(-bound, bound, generator);
        linear.bias!.zero_();
        return linear;
    }
}
