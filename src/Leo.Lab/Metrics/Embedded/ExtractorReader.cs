#pragma warning disable IDE1006 // fields are state-dict keys
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>Reads what is true of a clip from its features; needed for training alone.</summary>
internal sealed class ExtractorReader : nn.Module<Tensor, Tensor>
{
    private const int Middle = 256;

    internal Linear hidden, output;

    /// <summary>Makes the reader.</summary>
    /// <param name="width">Numbers of the features.</param>
    /// <param name="numbers">Numbers to read.</param>
    /// <param name="generator">Source of the initial weights.</param>
    internal ExtractorReader(int width, int numbers, Generator generator) : base(nameof(ExtractorReader))
    {
        hidden = PuppetI3dNetwork.Filled(width, Middle, generator);
        output = PuppetI3dNetwork.Filled(Middle, numbers, generator);
        RegisterComponents();
    }

    /// <summary>[B, width] → [B, numbers].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return output.forward(hidden.forward(input).relu()).MoveToOuterDisposeScope();
    }
}
