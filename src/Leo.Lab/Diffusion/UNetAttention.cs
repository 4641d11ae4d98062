using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Self-attention over time, or over all places of the plane; q, k and v lie together head by head, as in the reference's checkpoints.</summary>
internal sealed class UNetAttention : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's names.
    private readonly GroupNorm norm;
    private readonly Conv1d qkv;
    private readonly Conv1d proj_out;
#pragma warning restore IDE1006
    private readonly int _heads;

    public UNetAttention(int channels, UNetSettings settings)
        : base(nameof(UNetAttention))
    {
        _heads = settings.Heads;
        norm = nn.GroupNorm(settings.NormGroups, channels);
        qkv = nn.Conv1d(channels, 3 * channels, 1);
        proj_out = nn.Conv1d(channels, channels, 1);
        RegisterComponents();
    }

    /// <param name="x">[B, C, …].</param>
    /// <returns>Likewise.</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (shape, batch, channels) = (x.shape, x.shape[0], x.shape[1]);
        x = x.flatten(2); // [B, C, T]
        var length = x.shape[2];
        var depth = channels / _heads;
        var parts = qkv.call(norm.call(x)).reshape(batch * _heads, 3 * depth, length).chunk(3, 1); // 3 × [B·H, D, T]

        // Both sides take the fourth root of the depth, which is kinder to half precision than dividing afterwards.
        var scale = Math.Pow(depth, -0.25);
        var weight = (parts[0] * scale).transpose(1, 2).bmm(parts[1] * scale).softmax(-1); // [B·H, T, T]
        var h = parts[2].bmm(weight.transpose(1, 2)).reshape(batch, channels, length);
        return (x + proj_out.call(h)).reshape(shape).MoveToOuterDisposeScope();
    }
}
