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
    private readonly UNetSettings _settings;

    public UNetResBlock(int dims, int channels, int outChannels, int embedding, UNetSettings settings)
        : base(nameof(UNetResBlock))
    {
        _settings = settings;
        in_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, channels), nn.SiLU(), Convolution.Create(dims, channels, outChannels, replicate: settings.ReplicateEdges));
        emb_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.SiLU(), nn.Linear(embedding, settings.ScaleShiftNorm ? 2 * outChannels : outChannels));
        out_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, outChannels), nn.SiLU(), nn.Dropout(settings.Dropout), Convolution.Create(dims, outChannels, outChannels, replicate: settings.ReplicateEdges));
        skip_connection = channels == outChannels ? nn.Identity() : Convolution.Create(dims, channels, outChannels, kernel: 1);
        RegisterComponents();
    }

    /// <param name="x">[B, C, …].</param>
    /// <param name="emb">[B, E], the SiLU of the step's embedding: <c>emb_layers.0</c> is the same in all blocks, so that the network applies it once.</param>
    /// <returns>[B, C′, …].</returns>
    public override Tensor forward(Tensor x, Tensor emb)
    {
        var weights = UNetOperators.Weights(in_layers[0], in_layers[2], emb_layers[1], out_layers[0], out_layers[3]);
        var skip = skip_connection is Identity ? [] : UNetOperators.Weights(skip_connection);
        return UNetOperators.Call("residual", x, emb, weights, skip, _settings.NormGroups, _settings.ScaleShiftNorm, _settings.ReplicateEdges, training ? _settings.Dropout : 0);
    }
}
