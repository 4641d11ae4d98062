using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Halves the length with a strided convolution.</summary>
internal sealed class Downsample1d : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's name.
    private readonly Conv1d op;
#pragma warning restore IDE1006

    public Downsample1d(int channels)
        : base(nameof(Downsample1d))
    {
        op = nn.Conv1d(channels, channels, 3, 2, 1);
        RegisterComponents();
    }

    /// <param name="x">[B, C, T].</param>
    /// <returns>[B, C, T/2].</returns>
    public override Tensor forward(Tensor x) => op.call(x);
}
