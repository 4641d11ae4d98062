using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>The residual block, modulated by the step's embedding (Nichol &amp; Dhariwal 2021, §3.2).</summary>
internal sealed class UNetResBlock : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // The official checkpoint's names.
    private readonly ModuleList<nn.Module<Tensor, Tensor>> in_layers;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> emb_layers;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> out_layers;
    private readonly nn.Module<Tensor, Tensor> skip_connection;
#pragma warning restore IDE1006
    private readonly bool _scaleShift;

    public UNetResBlock(int dims, int channels, int outChannels, int embedding, UNetSettings settings)
        : base(nameof(UNetResBlock))
    {
        _scaleShift = settings.ScaleShiftNorm;
        in_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, channels), nn.SiLU(), Convolution.Create(dims, channels, outChannels, replicate: settings.ReplicateEdges));
        emb_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.SiLU(), nn.Linear(embedding, _scaleShift ? 2 * outChannels : outChannels));
        out_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, outChannels), nn.SiLU(), nn.Dropout(settings.Dropout), Convolution.Create(dims, outChannels, outChannels, replicate: settings.ReplicateEdges));
        skip_connection = channels == outChannels ? nn.Identity() : Convolution.Create(dims, channels, outChannels, kernel: 1);
        RegisterComponents();
    }

    /// <param name="x">[B, C, …].</param>
    /// <param name="emb">[B, E].</param>
    /// <returns>[B, C′, …].</returns>
    public override Tensor forward(Tensor x, Tensor emb)
    {
        using var scope = NewDisposeScope();
        var h = Run(in_layers, 0, x); // [B, C, …] → [B, C′, …]
        var e = Run(emb_layers, 0, emb); // [B, E] → [B, C′ or 2C′, 1, …]
        e = e.reshape([e.shape[0], e.shape[1], .. Enumerable.Repeat(1L, (int)x.dim() - 2)]);
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
