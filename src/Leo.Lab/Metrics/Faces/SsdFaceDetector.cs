using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>
/// Finds the clearest face of a picture: face-api's <c>ssdMobilenetv1</c>, which is MobileNet v1 (Howard et al. 2017) with SSD's predictors (Liu et al. 2016)
/// on maps of 32, 16, 8, 4, 2 and 1 cells a side, trained on WIDER FACE.
/// </summary>
internal sealed class SsdFaceDetector : IFaceDetector
{
    /// <summary>Side at which pictures are looked at.</summary>
    public const int Size = 512;

    /// <summary>How sure it has to be.</summary>
    public const double LeastScore = 0.5;

    /// <summary>Typical boxes, one for each answer.</summary>
    internal const int Anchors = 5118;

    private const string Network = "ssd_mobilenetv1_model", Body = "MobilenetV1/Conv2d_", Head = "Prediction/Conv2d_", Predictor = "Prediction/BoxPredictor_", AnchorName = "Output/extra_dim";
    private const double Epsilon = 0.0010000000474974513;

    // Of the depthwise and pointwise pairs 1 to 13; the map of pair 11 is looked at, too.
    private static readonly int[] Widths = [32, 64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024];
    private static readonly int[] Halving = [2, 4, 6, 12];
    private const int LookedAt = 11;

    // Further maps: 1×1 that narrows, 3×3 with stride 2.
    private static readonly int[] HeadWidths = [1024, 256, 512, 128, 256, 128, 256, 64, 128];

    // Width of each map that boxes are read from, and boxes a cell.
    private static readonly (int Width, int Boxes)[] Maps = [(512, 3), (1024, 6), (512, 6), (256, 6), (256, 6), (128, 6)];

    private readonly FaceApiWeights _weights;

    /// <summary>Loads the network.</summary>
    /// <param name="folder">Folder of face-api's models.</param>
    /// <exception cref="CheckpointException">A file is missing, damaged or something else.</exception>
    public SsdFaceDetector(string folder) => _weights = FaceApiWeights.Load(folder, Network, Expected);

    /// <inheritdoc/>
    public void MoveTo(Device device) => _weights.MoveTo(device);

    internal static IEnumerable<(string Name, long[] Shape)> Expected =>
    [
        .. Pointwise(Body + "0_pointwise", 3, 3, Widths[0]),
        .. Enumerable.Range(1, 13).SelectMany(i => ((string, long[])[])
        [
            (Body + $"{i}_depthwise/depthwise_weights", [3, 3, Widths[i - 1], 1]),
            .. new[] { "gamma", "beta", "moving_mean", "moving_variance" }.Select(p => (Body + $"{i}_depthwise/BatchNorm/{p}", (long[])[Widths[i - 1]])),
            .. Pointwise(Body + $"{i}_pointwise", 1, Widths[i - 1], Widths[i]),
        ]),
        .. Enumerable.Range(0, 8).SelectMany(i => Pointwise(Head + $"{i}_pointwise", i % 2 == 0 ? 1 : 3, HeadWidths[i], HeadWidths[i + 1])),
        .. Maps.Index().SelectMany(m => new[] { ("BoxEncodingPredictor", 4), ("ClassPredictor", 3) }.SelectMany(p => ((string, long[])[])
        [
            (Predictor + $"{m.Index}/{p.Item1}/weights", [1, 1, m.Item.Width, m.Item.Boxes * p.Item2]),
            (Predictor + $"{m.Index}/{p.Item1}/biases", [m.Item.Boxes * p.Item2]),
        ])),
        (AnchorName, [1, Anchors, 4]),
    ];

    /// <inheritdoc/>
    public (FaceBox Box, double Score)? Find(Tensor frame)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var map = Map(frame);
        float[] scores = map.select(1, 4).contiguous().ToArray<float>();
        int best = Enumerable.Range(0, scores.Length).MaxBy(i => scores[i]);
        if (!(scores[best] > LeastScore))
            return null;
        float[] box = map[best].contiguous().ToArray<float>();
        // Corners in parts of the square, whose upper left part is the picture; its sides were rounded.
        double height = frame.shape[1], width = frame.shape[2], scale = Size / Math.Max(height, width);
        double down = Size / Math.Floor((height * scale) + 0.5) * height, right = Size / Math.Floor((width * scale) + 0.5) * width;
        double top = Math.Max(0, box[0]) * down, left = Math.Max(0, box[1]) * right, bottom = Math.Min(1, box[2]) * down, end = Math.Min(1, box[3]) * right;
        return (new FaceBox(left, top, end - left, bottom - top), scores[best]);
    }

    /// <summary>What the network says of each typical box: upper, left, lower and right edge in parts of the square, and how sure it is, [5118, 5].</summary>
    internal Tensor Map(Tensor frame)
    {
        using var scope = NewDisposeScope();
        var x = (FaceCrop.Square(frame, Size, centred: false) / 127.5f) - 1;
        x = Convolve(Body + "0_pointwise", x, 2);
        Tensor? middle = null;
        for (int pair = 1; pair <= 13; pair++)
        {
            x = Convolve(Body + $"{pair}_pointwise", Depthwise(Body + $"{pair}_depthwise", x, Halving.Contains(pair) ? 2 : 1), 1);
            middle = pair == LookedAt ? x : middle;
        }
        List<Tensor> maps = [middle!, x];
        for (int layer = 0; layer < 8; layer++)
        {
            x = Convolve(Head + $"{layer}_pointwise", x, 1 + (layer % 2));
            if (layer % 2 == 1)
                maps.Add(x);
        }
        var codes = cat([.. maps.Select((m, i) => Read(Predictor + $"{i}/BoxEncodingPredictor", m, 4))], 0);       // [5118, 4]
        var classes = cat([.. maps.Select((m, i) => Read(Predictor + $"{i}/ClassPredictor", m, 3))], 0);           // [5118, 3]: nothing, a face, unused
        return cat([Boxes(codes, _weights[AnchorName].squeeze(0)), classes.narrow(1, 1, 1).sigmoid()], 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    // SSD's code: the centre's shift in tenths of the typical box, the logarithm of its growth in fifths.
    private static Tensor Boxes(Tensor codes, Tensor typical)
    {
        var size = typical.narrow(1, 2, 2) - typical.narrow(1, 0, 2);
        var centre = typical.narrow(1, 0, 2) + (size / 2);
        var half = (codes.narrow(1, 2, 2) / 5).exp() * size / 2;
        var at = (codes.narrow(1, 0, 2) / 10 * size) + centre;
        return cat([at - half, at + half], 1);
    }

    private Tensor Convolve(string name, Tensor x, long stride) =>
        TensorFlowLayers.Convolve(x, _weights[name + "/weights"], _weights[name + "/convolution_bn_offset"], stride, same: true).clamp(0, 6);

    private Tensor Depthwise(string name, Tensor x, long stride)
    {
        var each = TensorFlowLayers.Convolve(x, _weights[name + "/depthwise_weights"], null, stride, same: true, groups: x.shape[1]);
        return nn.functional.batch_norm(each, Of("moving_mean"), Of("moving_variance"), Of("gamma"), Of("beta"), eps: Epsilon).clamp(0, 6);

        Tensor Of(string part) => _weights[$"{name}/BatchNorm/{part}"];
    }

    // [1, boxes·n, h, w] → [h·w·boxes, n]
    private Tensor Read(string name, Tensor x, long numbers) =>
        TensorFlowLayers.Convolve(x, _weights[name + "/weights"], _weights[name + "/biases"], 1, same: true).permute(0, 2, 3, 1).reshape(-1, numbers);

    private static (string Name, long[] Shape)[] Pointwise(string name, long side, long inputs, long outputs) =>
        [(name + "/weights", [side, side, inputs, outputs]), (name + "/convolution_bn_offset", [outputs])];
}
