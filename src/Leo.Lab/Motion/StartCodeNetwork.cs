using Leo.Lab.Diffusion;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>A residual network over single codes, told the diffusion step: the denoiser of p(α) (LEO §3.2).</summary>
public sealed class StartCodeNetwork : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // The checkpoint's names follow those of the U-Net.
    private readonly ModuleList<nn.Module<Tensor, Tensor>> time_embed;
    private readonly Linear input;
    private readonly ModuleList<ResidualMlpBlock> blocks = [];
    private readonly ModuleList<nn.Module<Tensor, Tensor>> @out;
#pragma warning restore IDE1006

    /// <summary>Builds the network; outside any dispose scope, or its weights die with the scope.</summary>
    /// <param name="settings">The widths.</param>
    /// <param name="seed">The run's seed, for the initial weights.</param>
    public StartCodeNetwork(StartCodeSettings settings, long seed)
        : base(nameof(StartCodeNetwork))
    {
        Settings = settings;
        int width = settings.Width;
        time_embed = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width));
        input = nn.Linear(settings.Dim, width);
        for (int i = 0; i < settings.Blocks; i++)
        {
            blocks.Add(new ResidualMlpBlock(width));
        }

        @out = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.LayerNorm([width]), nn.SiLU(), nn.Linear(width, settings.Diffusion.Outputs(settings.Dim)));
        RegisterComponents();
        WeightInit.Reset(this, seed, name => name.StartsWith("out.2.", StringComparison.Ordinal) || name.Contains(".layers.3."));
    }

    /// <summary>The widths.</summary>
    public StartCodeSettings Settings { get; }

    /// <summary>Denoises.</summary>
    /// <param name="x">Codes [B, D].</param>
    /// <param name="t">Training steps [B].</param>
    /// <returns>[B, D]; [B, 2D] where the variance is learnt.</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public override Tensor forward(Tensor x, Tensor t)
    {
        if (x.dim() != 2 || x.shape[1] != Settings.Dim || t.dim() != 1 || t.shape[0] != x.shape[0])
        {
            throw new ArgumentException(
                $"StartCodeNetwork: expected [B, {Settings.Dim}] and [B], found [{string.Join(", ", x.shape)}] and [{string.Join(", ", t.shape)}].", nameof(x));
        }

        using var scope = NewDisposeScope();
        var emb = TimestepEmbedding.Create(t, Settings.Width); // [B] → [B, W]
        foreach (var layer in time_embed)
        {
            emb = layer.call(emb);
        }

        var h = input.call(x); // [B, D] → [B, W]
        foreach (var block in blocks)
        {
            h = block.call(h, emb);
        }

        foreach (var layer in @out)
        {
            h = layer.call(h); // … → [B, D]
        }

        return h.MoveToOuterDisposeScope();
    }
}
