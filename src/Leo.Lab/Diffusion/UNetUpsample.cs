using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Doubles every side by repeating, then convolves.</summary>
internal sealed class UNetUpsample : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's name.
    private readonly nn.Module<Tensor, Tensor> conv;
#pragma warning restore IDE1006
    private readonly bool _replicate;

    public UNetUpsample(int dims, int channels, UNetSettings settings)
        : base(nameof(UNetUpsample))
    {
        _replicate = settings.ReplicateEdges;
        conv = Convolution.Create(dims, channels, channels, replicate: settings.ReplicateEdges);
        RegisterComponents();
    }

    /// <param name="x">[B, C, T] or [B, C, H, W].</param>
    /// <returns>[B, C, 2T] or [B, C, 2H, 2W].</returns>
    public override Tensor forward(Tensor x) => UNetOperators.Call("upsample", x, UNetOperators.Weights(conv), _replicate);
}
