using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Doubles the length by repeating, then convolves.</summary>
internal sealed class Upsample1d : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's name.
    private readonly Conv1d conv;
#pragma warning restore IDE1006

    public Upsample1d(int channels)
        : base(nameof(Upsample1d))
    {
        conv = nn.Conv1d(channels, channels, 3, 1, 1);
        RegisterComponents();
    }

    /// <param name="x">[B, C, T].</param>
    /// <returns>[B, C, 2T].</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, length) = (x.shape[0], x.shape[1], x.shape[2]);
        var doubled = x.unsqueeze(3).expand(batch, channels, length, 2).reshape(batch, channels, 2 * length);
        return conv.call(doubled).MoveToOuterDisposeScope();
    }
}
