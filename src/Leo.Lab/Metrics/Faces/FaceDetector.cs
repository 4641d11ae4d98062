using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>Finds the clearest face of a picture: face-api's <c>tinyFaceDetector</c>, a small YOLO with separable convolutions.</summary>
internal sealed class FaceDetector : IFaceDetector
{
    /// <summary>Side at which pictures are looked at.</summary>
    public const int Size = 416;

    /// <summary>How sure it has to be.</summary>
    public const double LeastScore = 0.5;

    private const string Network = "tiny_face_detector_model";
    private static readonly int[] Widths = [16, 32, 64, 128, 256, 512];

    // Five typical faces, in cells.
    private static readonly (double Width, double Height)[] Anchors =
        [(1.603231, 2.094468), (6.041143, 7.080126), (2.882459, 3.518061), (4.266906, 5.178857), (9.041765, 10.66308)];

    private readonly FaceApiWeights _weights;
    private Tensor _mean;

    /// <summary>Loads the network.</summary>
    /// <param name="folder">Folder of face-api's models.</param>
    /// <exception cref="CheckpointException">A file is missing, damaged or something else.</exception>
    public FaceDetector(string folder)
    {
        _weights = FaceApiWeights.Load(folder, Network, Expected);
        _mean = FaceCrop.Mean(117.001f, 114.697f, 97.404f);
    }

    /// <inheritdoc/>
    public void MoveTo(Device device)
    {
        _weights.MoveTo(device);
        _mean = FaceApiWeights.Moved(_mean, device);
    }

    internal static IEnumerable<(string Name, long[] Shape)> Expected =>
    [
        ("conv0/filters", [3, 3, 3, Widths[0]]), ("conv0/bias", [Widths[0]]),
        .. Enumerable.Range(1, 5).SelectMany(i => FaceCrop.Separable($"conv{i}", Widths[i - 1], Widths[i])),
        ("conv8/filters", [1, 1, Widths[^1], 25]), ("conv8/bias", [25]),
    ];

    /// <inheritdoc/>
    public (FaceBox Box, double Score)? Find(Tensor frame)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var map = Map(frame);                                                                  // [cells, cells, 5, 5]
        long height = frame.shape[1], width = frame.shape[2], cells = map.shape[0];
        float[] values = map.flatten().ToArray<float>();
        int best = Enumerable.Range(0, values.Length / 5).MaxBy(i => values[(5 * i) + 4]);
        double score = Sigmoid(values[(5 * best) + 4]);
        if (!(score > LeastScore))
            return null;
        var (row, column, anchor) = (best / 5 / cells, best / 5 % cells, Anchors[best % 5]);
        // The picture is the upper left part of the square; its sides were rounded.
        double longSide = Math.Max(height, width), scale = Size / longSide;
        double w = Math.Floor((width * scale) + 0.5), h = Math.Floor((height * scale) + 0.5), s = Math.Max(w, h);
        double boxWidth = Math.Exp(values[(5 * best) + 2]) * anchor.Width / cells * (s / w), boxHeight = Math.Exp(values[(5 * best) + 3]) * anchor.Height / cells * (s / h);
        double x = (column + Sigmoid(values[5 * best])) / cells * (s / w), y = (row + Sigmoid(values[(5 * best) + 1])) / cells * (s / h);
        return (new FaceBox((x - (boxWidth / 2)) * width, (y - (boxHeight / 2)) * height, boxWidth * width, boxHeight * height), score);
    }

    /// <summary>What the network says of each cell and anchor: place, size and score before they are decoded.</summary>
    internal Tensor Map(Tensor frame)
    {
        using var scope = NewDisposeScope();
        var x = (FaceCrop.Square(frame, Size, centred: false) - _mean) / 255f;
        x = Leaky(TensorFlowLayers.Convolve(x, _weights["conv0/filters"], _weights["conv0/bias"], 1, same: false));
        for (int layer = 1; layer <= 5; layer++)
            x = Leaky(TensorFlowLayers.Separable(_weights, $"conv{layer}", TensorFlowLayers.MaxPool(x, 2), 1));
        x = TensorFlowLayers.Convolve(TensorFlowLayers.MaxPool(x, 1), _weights["conv8/filters"], _weights["conv8/bias"], 1, same: false); // [1, 25, 13, 13]
        return x.squeeze(0).permute(1, 2, 0).reshape(x.shape[2], x.shape[3], 5, 5).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        _mean.Dispose();
    }

    private static Tensor Leaky(Tensor x) => nn.functional.leaky_relu(x, 0.10000000149011612);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>A rectangle of a picture, in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct FaceBox(double X, double Y, double Width, double Height)
{
    /// <summary>The whole pixels of it that lie inside a picture, as face-api rounds them; null where there are none.</summary>
    internal (long X, long Y, long Width, long Height)? Inside(long imageWidth, long imageHeight)
    {
        double x = Math.Max(X, 0), y = Math.Max(Y, 0);
        double width = Math.Min(X + Width - x, imageWidth - x), height = Math.Min(Y + Height - y, imageHeight - y);
        var whole = ((long)Math.Floor(x), (long)Math.Floor(y), (long)Math.Floor(width), (long)Math.Floor(height));
        return whole.Item3 > 0 && whole.Item4 > 0 ? whole : null;
    }
}
