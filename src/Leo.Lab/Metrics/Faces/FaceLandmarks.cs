using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>Finds 68 landmarks in a picture of a face, and from them the square that recognition wants: face-api's <c>faceLandmark68Net</c>.</summary>
internal sealed class FaceLandmarks : IDisposable
{
    /// <summary>Side at which a face is looked at.</summary>
    public const int Size = 112;

    /// <summary>Name of the network's files.</summary>
    internal const string Network = "face_landmark_68_model";

    // dlib's square: the eyes' and the mouth's centre lies here in it, and eyes and mouth are this part of its side apart.
    private const double CentreX = 0.5, CentreY = 0.43, EyesToMouth = 0.45;
    private static readonly int[] Widths = [32, 64, 128, 256];

    private readonly FaceApiWeights _weights;
    private Tensor _mean;

    /// <summary>Loads the network.</summary>
    /// <param name="folder">Folder of face-api's models.</param>
    /// <exception cref="CheckpointException">A file is missing, damaged or something else.</exception>
    public FaceLandmarks(string folder)
    {
        _weights = FaceApiWeights.Load(folder, Network, Expected);
        _mean = FaceCrop.Mean(122.782f, 117.001f, 104.298f);
    }

    /// <summary>Moves the weights.</summary>
    internal void MoveTo(Device device)
    {
        _weights.MoveTo(device);
        _mean = FaceApiWeights.Moved(_mean, device);
    }

    internal static IEnumerable<(string Name, long[] Shape)> Expected =>
    [
        .. Enumerable.Range(0, 4).SelectMany(block => Enumerable.Range(0, 4).SelectMany(layer => (block, layer) == (0, 0)
            ? [("dense0/conv0/filters", [3, 3, 3, Widths[0]]), ("dense0/conv0/bias", [Widths[0]])]
            : FaceCrop.Separable($"dense{block}/conv{layer}", layer == 0 ? Widths[block - 1] : Widths[block], Widths[block]))),
        ("fc/weights", [Widths[^1], 136]), ("fc/bias", [136]),
    ];

    /// <summary>The landmarks.</summary>
    /// <param name="face">[3, H, W], values 0 to 255: a face and little else.</param>
    /// <returns>68 points in pixels of the picture, in the order of iBUG 300-W: jaw, brows, nose, eyes, mouth.</returns>
    public (double X, double Y)[] Find(Tensor face)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = (FaceCrop.Square(face, Size, centred: true) - _mean) / 255f;
        for (int block = 0; block < 4; block++)
            x = Dense(block, x);
        x = nn.functional.avg_pool2d(x, [7, 7], [2, 2]).flatten(1);                            // [1, 256]
        float[] values = (x.mm(_weights["fc/weights"]) + _weights["fc/bias"]).flatten().ToArray<float>();

        double height = face.shape[1], width = face.shape[2], scale = Size / Math.Max(height, width);
        double left = width < height ? (height - width) * scale / 2 : 0, top = height < width ? (width - height) * scale / 2 : 0;
        return [.. Enumerable.Range(0, 68).Select(i => (((values[2 * i] * Size) - left) / scale, ((values[(2 * i) + 1] * Size) - top) / scale))];
    }

    /// <summary>The landmarks of the clearest face of a picture, in its pixels, and the part of it that shows the face; null where there is none.</summary>
    /// <param name="frame">[3, H, W], values 0 to 255.</param>
    /// <param name="detector">What finds faces.</param>
    /// <param name="landmarks">What finds landmarks.</param>
    internal static ((double X, double Y)[] Points, Tensor Face)? Of(Tensor frame, IFaceDetector detector, FaceLandmarks landmarks)
    {
        // The part is cut at whole pixels, while the landmarks are moved by the box's own corner: so face-api does.
        if (detector.Find(frame) is not var (box, _) || FaceCrop.Cut(frame, box) is not { } face)
            return null;
        return ([.. landmarks.Find(face).Select(p => (p.X + box.X, p.Y + box.Y))], face);
    }

    /// <summary>The square around a face that recognition was trained on.</summary>
    /// <param name="landmarks">68 points in pixels of the whole picture.</param>
    /// <param name="faceWidth">Columns of the picture of the face in which they were found.</param>
    /// <param name="faceHeight">Rows of it.</param>
    public static FaceBox Align(IReadOnlyList<(double X, double Y)> landmarks, double faceWidth, double faceHeight)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        var (left, right, mouth) = (Centre(landmarks, 36, 42), Centre(landmarks, 42, 48), Centre(landmarks, 48, 68));
        double apart = (double.Hypot(mouth.X - left.X, mouth.Y - left.Y) + double.Hypot(mouth.X - right.X, mouth.Y - right.Y)) / 2;
        double size = Math.Floor(apart / EyesToMouth);
        double x = Math.Floor(Math.Max(0, ((left.X + right.X + mouth.X) / 3) - (CentreX * size)));
        double y = Math.Floor(Math.Max(0, ((left.Y + right.Y + mouth.Y) / 3) - (CentreY * size)));
        return new FaceBox(x, y, Math.Min(size, faceWidth + x), Math.Min(size, faceHeight + y)); // face-api's own bound
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        _mean.Dispose();
    }

    // Each layer sees the sum of those before it.
    private Tensor Dense(int block, Tensor input)
    {
        using var scope = NewDisposeScope();
        string name = $"dense{block}/conv";
        var first = (block == 0
            ? TensorFlowLayers.Convolve(input, _weights[name + "0/filters"], _weights[name + "0/bias"], 2, same: true)
            : TensorFlowLayers.Separable(_weights, name + "0", input, 2)).relu();
        var second = TensorFlowLayers.Separable(_weights, name + "1", first, 1);
        var third = TensorFlowLayers.Separable(_weights, name + "2", (first + second).relu(), 1);
        var fourth = TensorFlowLayers.Separable(_weights, name + "3", (first + (second + third)).relu(), 1);
        return (first + (second + (third + fourth))).relu().MoveToOuterDisposeScope();
    }

    private static (double X, double Y) Centre(IReadOnlyList<(double X, double Y)> points, int from, int to) =>
        (points.Take(from..to).Average(p => p.X), points.Take(from..to).Average(p => p.Y));
}
