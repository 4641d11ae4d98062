using Leo.Lab.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.I3d;

/// <summary>I3D's logits of a clip.</summary>
public sealed class I3dExtractor : IVideoExtractor
{
    private readonly I3dNetwork network;

    private I3dExtractor(I3dNetwork network, string name, string weights) => (this.network, Name, Weights) = (network, name, weights);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Weights { get; }

    /// <inheritdoc/>
    public int LeastFrames => I3dNetwork.LeastFrames;

    /// <summary>Loads weights in the layout of <c>pytorch-i3d</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variant">Whose normalisation.</param>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, damaged or something else.</exception>
    public static I3dExtractor Load(string path, I3dVariant variant) =>
        new(I3dNetwork.Load(path, variant), variant == I3dVariant.Fvd ? "i3d" : "pytorch-i3d", WeightsHash.Of(path));

    /// <inheritdoc/>
    public Tensor Features(Tensor frames, ClipResize resize)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return network.forward(ClipPreparation.Run(frames, resize, I3dNetwork.Size)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
