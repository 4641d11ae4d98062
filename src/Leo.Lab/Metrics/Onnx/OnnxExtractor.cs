using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Onnx;

/// <summary>Who is in a frame, as an ONNX network says: its output is <c>1×D</c>, taken as it is.</summary>
public sealed class OnnxExtractor : IFrameExtractor
{
    private readonly OnnxNetwork _network;

    /// <summary>Opens the network.</summary>
    /// <param name="words">See <see cref="OnnxNetwork.Open"/>.</param>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, no network, or takes something else.</exception>
    public OnnxExtractor(string words) => _network = OnnxNetwork.Open(words);

    /// <inheritdoc/>
    public string Name => _network.Name;

    /// <inheritdoc/>
    public string Weights => _network.Weights;

    /// <inheritdoc/>
    /// <remarks>ONNX Runtime stays on the processor.</remarks>
    public void MoveTo(Device device)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="Checkpoints.CheckpointException">The network gives something else.</exception>
    public IReadOnlyList<Tensor?> Features(Tensor frames) => [.. Enumerable.Range(0, (int)frames.shape[0]).Select(t =>
    {
        using var scope = NewDisposeScope();
        var (values, shape) = _network.Run(frames[t]);
        return shape is [1, > 0] ? tensor(values).MoveToOuterDisposeScope()
            : throw _network.Expected("an embedding 1×D", string.Join('×', shape));
    })];

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
