#pragma warning disable IDE1006 // fields carry the official checkpoint's names
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Animator.Layers;

/// <summary>The learnt 4×4 map with which the generator begins.</summary>
public sealed class ConstantInput : nn.Module
{
    internal Parameter input;

    /// <summary>Makes the map with <paramref name="channels"/> channels.</summary>
    public ConstantInput(int channels, Generator? generator = null) : base(nameof(ConstantInput))
    {
        input = new Parameter(Weights.Normal([1, channels, 4, 4], generator));
        RegisterComponents();
    }

    /// <summary>The map for a batch, [B, C, 4, 4], without a copy.</summary>
    public Tensor forward(long batch) => input.expand(batch, -1, -1, -1);
}
