using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>A network that says who is in a frame, as one row of numbers.</summary>
public interface IFrameExtractor : IDisposable
{
    /// <summary>What stands beside every number that is made with it.</summary>
    string Name { get; }

    /// <summary>Hash of the weights: sets made with different ones cannot be compared.</summary>
    string Weights { get; }

    /// <summary>The features of frames.</summary>
    /// <param name="frames">[T, 3, H, W], values 0 to 255.</param>
    /// <returns>For each frame [D], or null where nobody was found.</returns>
    IReadOnlyList<Tensor?> Features(Tensor frames);
}
