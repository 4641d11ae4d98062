using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Self-attention over time, or over all places of the plane; q, k and v lie together head by head, as in the reference's checkpoints.</summary>
internal sealed class UNetAttention : UNetLayer
{
#pragma warning disable IDE1006 // The official checkpoint's names.
    private readonly GroupNorm norm;
    private readonly Conv1d qkv;
    private readonly Conv1d proj_out;
#pragma warning restore IDE1006

    internal UNetAttention(int channels, UNetSettings settings)
        : base(nameof(UNetAttention))
    {
        norm = nn.GroupNorm(settings.NormGroups, channels);
        qkv = nn.Conv1d(channels, 3 * channels, 1);
        proj_out = nn.Conv1d(channels, channels, 1);
        RegisterComponents();
    }

    internal override string Write(UNetScript script, string x) => script.Let($"attention({x}, {script.Weights(norm, qkv, proj_out)})");
}
