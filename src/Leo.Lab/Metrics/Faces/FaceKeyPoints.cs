using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics.KeyPoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>The 68 landmarks of the clearest face in a frame, by face-api's networks; where there is no face, all of them are missing.</summary>
public sealed class FaceKeyPoints : IKeyPointFinder
{
    private const int Count = 68;
    private readonly IFaceDetector _detector;
    private readonly FaceLandmarks _landmarks;
    private Device _device = CPU;

    /// <summary>Loads the two networks.</summary>
    /// <param name="folder">What <c>leo data fetch face-net</c> filled: manifests and weights of face-api.</param>
    /// <param name="kind">What finds faces. <value>Default <see cref="FaceDetectorKind.Tiny"/>.</value></param>
    /// <exception cref="CheckpointException">A file is missing, damaged or something else.</exception>
    public FaceKeyPoints(string folder, FaceDetectorKind kind = FaceDetectorKind.Tiny)
    {
        _detector = IFaceDetector.Load(kind, folder);
        Name = FaceCrop.Name(kind);
        _landmarks = new FaceLandmarks(folder);
        Weights = WeightsHash.Of(Path.Combine(folder, FaceLandmarks.Network + ".bin"));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Weights { get; }

    /// <inheritdoc/>
    public void MoveTo(Device device)
    {
        _detector.MoveTo(device);
        _landmarks.MoveTo(device);
        _device = device;
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyPoint?[]> Find(Tensor frames, VideoFrames of) => [.. Enumerable.Range(0, (int)frames.shape[0]).Select(t =>
    {
        using var scope = NewDisposeScope();
        var frame = frames[t].to(_device);
        return FaceLandmarks.Of(frame, _detector, _landmarks) is var (points, _) ? [.. points.Select(p => (KeyPoint?)new KeyPoint(p.X, p.Y))] : new KeyPoint?[Count];
    })];

    /// <inheritdoc/>
    public void Dispose()
    {
        _detector.Dispose();
        _landmarks.Dispose();
    }
}
