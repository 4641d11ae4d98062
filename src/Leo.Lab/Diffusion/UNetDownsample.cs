using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Halves every side with a strided convolution.</summary>
internal sealed class UNetDownsample : UNetLayer
{
#pragma warning disable IDE1006 // The official checkpoint's name.
    private readonly nn.Module<Tensor, Tensor> op;
#pragma warning restore IDE1006

    internal UNetDownsample(int dims, int channels, UNetSettings settings)
        : base(nameof(UNetDownsample))
    {
        op = Convolution.Create(dims, channels, channels, stride: 2, replicate: settings.ReplicateEdges);
        RegisterComponents();
    }

    internal override string Write(UNetScript script, string x) => script.Let($"convolution({x}, {script.Weights(op)}, 2)");
}
