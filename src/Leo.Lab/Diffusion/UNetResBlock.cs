using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>The residual block, modulated by the step's embedding (Nichol &amp; Dhariwal 2021, §3.2).</summary>
internal sealed class UNetResBlock : UNetLayer
{
#pragma warning disable IDE1006 // The official checkpoint's names.
    private readonly ModuleList<nn.Module<Tensor, Tensor>> in_layers;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> emb_layers;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> out_layers;
    private readonly nn.Module<Tensor, Tensor> skip_connection;
#pragma warning restore IDE1006

    internal UNetResBlock(int dims, int channels, int outChannels, int embedding, UNetSettings settings)
        : base(nameof(UNetResBlock))
    {
        in_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, channels), nn.SiLU(), Convolution.Create(dims, channels, outChannels, replicate: settings.ReplicateEdges));
        emb_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.SiLU(), nn.Linear(embedding, settings.ScaleShiftNorm ? 2 * outChannels : outChannels));
        out_layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.GroupNorm(settings.NormGroups, outChannels), nn.SiLU(), nn.Dropout(settings.Dropout), Convolution.Create(dims, outChannels, outChannels, replicate: settings.ReplicateEdges));
        skip_connection = channels == outChannels ? nn.Identity() : Convolution.Create(dims, channels, outChannels, kernel: 1);
        RegisterComponents();
    }

    // emb is the SiLU of the step's embedding: emb_layers.0 is the same in all blocks, so that the network applies it once.
    internal override string Write(UNetScript script, string x)
    {
        string skip = skip_connection is Identity ? x : $"pointwise({x}, {script.Weights(skip_connection)})";
        return script.Let($"residual({x}, {skip}, emb, training, {script.Weights(in_layers[0], in_layers[2], emb_layers[1], out_layers[0], out_layers[3])})");
    }
}
