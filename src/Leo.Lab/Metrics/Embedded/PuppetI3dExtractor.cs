using Leo.Lab.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Embedded;

/// <summary>The embedded extractor: features of <see cref="PuppetI3dNetwork"/>.</summary>
public sealed class PuppetI3dExtractor : IVideoExtractor
{
    /// <summary>Its name, and what means the one that comes with the project.</summary>
    public const string Word = "puppet-i3d";

    /// <summary>File of the one that comes with the project, in its folder <c>checkpoints</c>.</summary>
    public const string ShippedFile = "puppet-i3d.safetensors";

    private readonly PuppetI3dNetwork network;

    private PuppetI3dExtractor(PuppetI3dNetwork network, string weights) => (this.network, Weights) = (network, weights);

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public string Weights { get; }

    /// <inheritdoc/>
    public int LeastFrames => network.LeastFrames;

    /// <summary>Loads it.</summary>
    /// <param name="path">A checkpoint or run of <c>leo train extractor</c>; null for the one that comes with the project.</param>
    /// <exception cref="CheckpointException">Missing, damaged, or something else.</exception>
    public static PuppetI3dExtractor Load(string? path = null)
    {
        string file = path ?? ShippedCheckpoint.Find(ShippedFile, "make one by `leo train extractor` and name it as puppet-i3d:FILE");
        return new PuppetI3dExtractor(PuppetI3dNetwork.Load(file), WeightsHash.Of(CheckpointFolder.Resolve(file)));
    }

    /// <inheritdoc/>
    public Tensor Features(Tensor frames, ClipResize resize)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return network.forward(ClipPreparation.Run(frames, resize, PuppetI3dNetwork.Size)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
