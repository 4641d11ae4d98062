using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Halves every side with a strided convolution.</summary>
internal sealed class UNetDownsample : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's name.
    private readonly nn.Module<Tensor, Tensor> op;
#pragma warning restore IDE1006
    private readonly bool _replicate;

    public UNetDownsample(int dims, int channels, UNetSettings settings)
        : base(nameof(UNetDownsample))
    {
        _replicate = settings.ReplicateEdges;
        op = Convolution.Create(dims, channels, channels, stride: 2, replicate: settings.ReplicateEdges);
        RegisterComponents();
    }

    /// <param name="x">[B, C, T] or [B, C, H, W].</param>
    /// <returns>[B, C, T/2] or [B, C, H/2, W/2].</returns>
    public override Tensor forward(Tensor x) => UNetOperators.Call("convolution", x, UNetOperators.Weights(op), 2, _replicate);
}
