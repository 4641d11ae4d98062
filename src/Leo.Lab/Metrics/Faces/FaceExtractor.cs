using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>Whose face a frame shows: found, aligned by its landmarks and described, as face-api's <c>detectSingleFace</c> does.</summary>
public sealed class FaceExtractor : IFrameExtractor
{
    private readonly IFaceDetector _detector;
    private readonly FaceLandmarks _landmarks;
    private readonly FaceRecognizer _recognizer;
    private Device _device = CPU;

    /// <summary>Loads the three networks.</summary>
    /// <param name="folder">What <c>leo data fetch face-net</c> filled: manifests and weights of face-api.</param>
    /// <param name="kind">What finds faces. <value>Default <see cref="FaceDetectorKind.Tiny"/>.</value></param>
    /// <exception cref="Checkpoints.CheckpointException">A file is missing, damaged or something else.</exception>
    public FaceExtractor(string folder, FaceDetectorKind kind = FaceDetectorKind.Tiny)
    {
        _detector = IFaceDetector.Load(kind, folder);
        Name = FaceCrop.Name(kind);
        _landmarks = new FaceLandmarks(folder);
        _recognizer = new FaceRecognizer(folder);
        Weights = WeightsHash.Of(Path.Combine(folder, FaceRecognizer.Network + ".bin"));
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
        _recognizer.MoveTo(device);
        _device = device;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor?> Features(Tensor frames) => [.. Enumerable.Range(0, (int)frames.shape[0]).Select(t =>
    {
        using var scope = NewDisposeScope();
        return Describe(frames[t].to(_device))?.MoveToOuterDisposeScope();
    })];

    /// <summary>The square of the clearest face; null where there is none.</summary>
    /// <param name="frame">[3, H, W], values 0 to 255.</param>
    internal FaceBox? Locate(Tensor frame)
    {
        using var scope = NewDisposeScope();
        return FaceLandmarks.Of(frame, _detector, _landmarks) is var (points, face) ? FaceLandmarks.Align(points, face.shape[2], face.shape[1]) : null;
    }

    /// <summary>The description of the clearest face, [128]; null where there is none.</summary>
    /// <param name="frame">[3, H, W], values 0 to 255.</param>
    public Tensor? Describe(Tensor frame)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Locate(frame) is { } square && FaceCrop.Cut(frame, square) is { } face ? _recognizer.Describe(face).MoveToOuterDisposeScope() : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _detector.Dispose();
        _landmarks.Dispose();
        _recognizer.Dispose();
    }
}

/// <summary>What face-api's networks have in common: how a picture is cut, squared and centred, and how separable layers are named.</summary>
internal static class FaceCrop
{
    /// <summary>What stands beside numbers: <c>face</c>, or <c>face-ssd</c>.</summary>
    internal static string Name(FaceDetectorKind kind) => kind == FaceDetectorKind.Ssd ? "face-ssd" : "face";

    /// <summary>A part of a picture as a square.</summary>
    /// <param name="frame">[3, H, W], values 0 to 255.</param>
    /// <param name="size">Side that comes out.</param>
    /// <param name="centred">Whether the part lies in the middle of the square.</param>
    /// <returns>[1, 3, size, size], values 0 to 255.</returns>
    internal static Tensor Square(Tensor frame, int size, bool centred) =>
        TensorFlowLayers.Resize(TensorFlowLayers.PadToSquare(frame.to(ScalarType.Float32).unsqueeze(0), centred), size);

    /// <summary>The pixels of a box that lie inside the picture; null where there are none.</summary>
    internal static Tensor? Cut(Tensor frame, FaceBox box) =>
        box.Inside(frame.shape[2], frame.shape[1]) is var (x, y, width, height) ? frame.narrow(1, y, height).narrow(2, x, width) : null;

    /// <summary>A mean colour, [1, 3, 1, 1], in no dispose scope.</summary>
    internal static Tensor Mean(float red, float green, float blue)
    {
        using var outside = NewDisposeScope();
        return tensor(new[] { red, green, blue }, [1, 3, 1, 1]).DetachFromDisposeScope();
    }

    /// <summary>Names and shapes of a separable convolution of 3×3.</summary>
    internal static IEnumerable<(string Name, long[] Shape)> Separable(string name, long inputs, long outputs) =>
        [(name + "/depthwise_filter", [3, 3, inputs, 1]), (name + "/pointwise_filter", [1, 1, inputs, outputs]), (name + "/bias", [outputs])];
}
