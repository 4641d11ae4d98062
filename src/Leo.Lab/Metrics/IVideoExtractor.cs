using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>A network that turns a clip into one row of numbers.</summary>
public interface IVideoExtractor : IDisposable
{
    /// <summary>What stands beside every number that is made with it.</summary>
    string Name { get; }

    /// <summary>Hash of the weights: sets made with different ones cannot be compared.</summary>
    string Weights { get; }

    /// <summary>Frames that a clip has at least.</summary>
    int LeastFrames { get; }

    /// <summary>The features of one clip.</summary>
    /// <param name="frames">[T, 3, H, W], values 0 to 255.</param>
    /// <param name="resize">How frames are brought to the network's size.</param>
    /// <returns>[1, D].</returns>
    Tensor Features(Tensor frames, ClipResize resize);
}
