using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>Layers of a U-Net that write themselves into its function.</summary>
internal abstract class UNetLayer(string name) : nn.Module(name)
{
    /// <param name="script">The network's function.</param>
    /// <param name="x">Name of the features [B, C, …] that come in.</param>
    /// <returns>Name of those that go out.</returns>
    internal abstract string Write(UNetScript script, string x);
}

/// <summary>Layers in a row, named 0, 1, …: layers of the U-Net, or a convolution.</summary>
internal sealed class UNetBlock : UNetLayer
{
    private readonly nn.Module[] _layers;

    internal UNetBlock(params nn.Module[] layers)
        : base(nameof(UNetBlock))
    {
        _layers = layers;
        for (int i = 0; i < layers.Length; i++)
        {
            register_module($"{i}", layers[i]);
        }
    }

    internal override string Write(UNetScript script, string x) => _layers.Aggregate(
        x, (at, layer) => layer is UNetLayer own ? own.Write(script, at) : script.Let($"convolution({at}, {script.Weights(layer)}, 1)"));
}
