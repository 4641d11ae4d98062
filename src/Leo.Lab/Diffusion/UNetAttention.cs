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
    private readonly int _groups;
    private readonly int _heads;

    public UNetAttention(int channels, UNetSettings settings)
        : base(nameof(UNetAttention))
    {
        (_groups, _heads) = (settings.NormGroups, settings.Heads);
        norm = nn.GroupNorm(settings.NormGroups, channels);
        qkv = nn.Conv1d(channels, 3 * channels, 1);
        proj_out = nn.Conv1d(channels, channels, 1);
        RegisterComponents();
    }

    /// <param name="x">[B, C, …].</param>
    /// <returns>Likewise.</returns>
    public override Tensor forward(Tensor x) => UNetOperators.Call("attention", x, UNetOperators.Weights(norm, qkv, proj_out), _groups, _heads);
}
