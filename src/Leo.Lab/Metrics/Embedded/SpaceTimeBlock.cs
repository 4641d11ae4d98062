#pragma warning disable IDE1006 // fields are state-dict keys
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>A convolution over space that halves the sides, then one over time, each with a rectifier (Tran et al. 2018).</summary>
internal sealed class SpaceTimeBlock : nn.Module<Tensor, Tensor>
{
    internal Parameter space, spaceBias, time, timeBias;
    private readonly long step;

    /// <summary>Makes the block.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="step">Stride over time.</param>
    /// <param name="generator">Source of weights by He et al. 2015; null leaves zeros, for weights to be loaded.</param>
    internal SpaceTimeBlock(int inputs, int outputs, long step, Generator? generator) : base(nameof(SpaceTimeBlock))
    {
        this.step = step;
        space = Filled([outputs, inputs, 1, 3, 3], generator);
        spaceBias = new Parameter(zeros([outputs], float32));
        time = Filled([outputs, outputs, 3, 1, 1], generator);
        timeBias = new Parameter(zeros([outputs], float32));
        RegisterComponents();
    }

    /// <summary>[B, in, T, H, W] → [B, out, T / step, H / 2, W / 2].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = nn.functional.conv3d(input, space, spaceBias, [1, 2, 2], [0, 1, 1]).relu();
        return nn.functional.conv3d(x, time, timeBias, [step, 1, 1], [1, 0, 0]).relu().MoveToOuterDisposeScope();
    }

    private static Parameter Filled(long[] shape, Generator? generator)
    {
        double fan = shape[1] * shape[2] * shape[3] * shape[4];
        // In place: the model is built outside every dispose scope, where a temporary would stay.
        return new Parameter(generator is null ? zeros(shape, float32) : randn(shape, float32, generator: generator).mul_(Math.Sqrt(2 / fan)));
    }
}
