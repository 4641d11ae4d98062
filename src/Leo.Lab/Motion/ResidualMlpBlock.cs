using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>h + MLP(norm(h) scaled and shifted by the step's embedding): the U-Net's residual block without a time axis.</summary>
internal sealed class ResidualMlpBlock : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // The checkpoint's names follow those of the U-Net.
    private readonly LayerNorm norm;
    private readonly Linear emb_layer;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> layers;
#pragma warning restore IDE1006

    public ResidualMlpBlock(int width)
        : base(nameof(ResidualMlpBlock))
    {
        norm = nn.LayerNorm([width]);
        emb_layer = nn.Linear(width, 2 * width);
        layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.SiLU(), nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width));
        RegisterComponents();
    }

    /// <param name="x">[B, W].</param>
    /// <param name="emb">[B, W].</param>
    /// <returns>[B, W].</returns>
    public override Tensor forward(Tensor x, Tensor emb)
    {
        using var scope = NewDisposeScope();
        using var activated = nn.functional.silu(emb);
        var both = emb_layer.call(activated); // [B, 2W]
        long width = x.shape[1];
        var h = norm.call(x) * (both.narrow(1, 0, width) + 1f) + both.narrow(1, width, width);
        foreach (var layer in layers)
        {
            h = layer.call(h);
        }

        return (x + h).MoveToOuterDisposeScope();
    }
}
