using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Doubles every side by repeating, then convolves.</summary>
internal sealed class UNetUpsample : UNetLayer
{
#pragma warning disable IDE1006 // The official checkpoint's name.
    private readonly nn.Module<Tensor, Tensor> conv;
#pragma warning restore IDE1006

    internal UNetUpsample(int dims, int channels, UNetSettings settings)
        : base(nameof(UNetUpsample))
    {
        conv = Convolution.Create(dims, channels, channels, replicate: settings.ReplicateEdges);
        RegisterComponents();
    }

    internal override string Write(UNetScript script, string x) => script.Let($"convolution(upsample({x}), {script.Weights(conv)}, 1)");
}
