using static TorchSharp.torch;

namespace Leo.Lab.Metrics.KeyPoints;

/// <summary>Finds a fixed number of key points in frames: landmarks of a face, joints of a body.</summary>
public interface IKeyPointFinder : IDisposable
{
    /// <summary>What stands beside every number that is made with it.</summary>
    string Name { get; }

    /// <summary>Hash of the weights: numbers made with different ones cannot be compared.</summary>
    string Weights { get; }

    /// <summary>Moves the network, where there is one.</summary>
    /// <param name="device">Where to.</param>
    void MoveTo(Device device);

    /// <summary>Finds them.</summary>
    /// <param name="frames">[T, 3, H, W], values 0 to 255.</param>
    /// <param name="of">Which frames these are, or are made to be like; of no interest to a network.</param>
    /// <returns>For each frame K points in pixels of it, 0 being the centre of the first; null where a point was not found.</returns>
    IReadOnlyList<KeyPoint?[]> Find(Tensor frames, VideoFrames of);

    /// <summary>The points of the real frames; where the truth is known, that.</summary>
    /// <inheritdoc cref="Find"/>
    IReadOnlyList<KeyPoint?[]> OfReal(Tensor frames, VideoFrames of) => Find(frames, of);
}

/// <summary>A key point, in pixels.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From above.</param>
public readonly record struct KeyPoint(double X, double Y);

/// <summary>Frames of a video.</summary>
/// <param name="Video">The video's path.</param>
/// <param name="Times">Number of each frame in it.</param>
public sealed record VideoFrames(string Video, IReadOnlyList<int> Times);
