using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>The residual block, modulated by the step's embedding (Nichol &amp; Dhariwal 2021, §3.2).</summary>
internal sealed class ResBlock1d : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's names.
    private readonly ModuleList<nn.Module<Tensor, Tensor>> in_layers;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> emb_layers;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> out_layers;
    private readonly nn.Module<Tensor, Tensor> skip_connection;
#pragma warning restore IDE1006
    private readonly bool _scaleShift;

    public ResBlock1d(int channels, int outChannels, int embedding, UNetSettings settings)
        : base(nameof(ResBlock1d))
    {
        _scaleShift = settings.ScaleShiftNorm;
        in_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, channels), nn.SiLU(), nn.Conv1d(channels, outChannels, 3, 1, 1));
        emb_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.SiLU(), nn.Linear(embedding, _scaleShift ? 2 * outChannels : outChannels));
        out_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, outChannels), nn.SiLU(), nn.Dropout(settings.Dropout), nn.Conv1d(outChannels, outChannels, 3, 1, 1));
        skip_connection = channels == outChannels ? nn.Identity() : nn.Conv1d(channels, outChannels, 1);
        RegisterComponents();
    }

    /// <param name="x">[B, C, T].</param>
    /// <param name="emb">[B, E].</param>
    /// <returns>[B, C′, T].</returns>
    public override Tensor forward(Tensor x, Tensor emb)
    {
        using var scope = NewDisposeScope();
        var h = Run(in_layers, 0, x); // [B, C, T] → [B, C′, T]
        var e = Run(emb_layers, 0, emb).unsqueeze(2); // [B, E] → [B, C′ or 2C′, 1]
        if (_scaleShift)
        {
            var parts = e.chunk(2, 1);
            h = Run(out_layers, 1, out_layers[0].call(h) * (parts[0] + 1f) + parts[1]);
        }
        else
        {
            h = Run(out_layers, 0, h + e);
        }

        return (skip_connection.call(x) + h).MoveToOuterDisposeScope();
    }

    private static Tensor Run(ModuleList<nn.Module<Tensor, Tensor>> layers, int first, Tensor x)
    {
        for (var i = first; i < layers.Count; i++)
        {
            x = layers[i].call(x);
        }

        return x;
    }
}
