using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Doubles every side by repeating, then convolves.</summary>
internal sealed class UNetUpsample : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's name.
    private readonly nn.Module<Tensor, Tensor> conv;
#pragma warning restore IDE1006

    public UNetUpsample(int dims, int channels, UNetSettings settings)
        : base(nameof(UNetUpsample))
    {
        conv = Convolution.Create(dims, channels, channels, replicate: settings.ReplicateEdges);
        RegisterComponents();
    }

    /// <param name="x">[B, C, T] or [B, C, H, W].</param>
    /// <returns>[B, C, 2T] or [B, C, 2H, 2W].</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        for (var dim = 2; dim < x.dim(); dim += 1)
        {
            long[] shape = x.shape, repeated = [.. shape[..(dim + 1)], 2, .. shape[(dim + 1)..]];
            shape[dim] *= 2;
            x = x.unsqueeze(dim + 1).expand(repeated).reshape(shape);
        }

        return conv.call(x).MoveToOuterDisposeScope();
    }
}
