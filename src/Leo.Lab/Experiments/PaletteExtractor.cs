using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>A frame's colours (<see cref="ColourPalette"/>): a measure of changing content that needs no weights and suits puppets.</summary>
public sealed class PaletteExtractor : IFrameExtractor
{
    /// <inheritdoc/>
    public string Name => "palette";

    /// <inheritdoc/>
    public string Weights => "none";

    /// <inheritdoc/>
    /// <remarks>There is no network: it stays on the CPU.</remarks>
    public void MoveTo(Device device)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor?> Features(Tensor frames)
    {
        using var scope = NewDisposeScope();
        var scaled = frames.to(ScalarType.Float32) / 127.5f - 1f;
        return [.. Enumerable.Range(0, (int)frames.shape[0]).Select(t => tensor(ColourPalette.Of(scaled.narrow(0, t, 1))).MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
