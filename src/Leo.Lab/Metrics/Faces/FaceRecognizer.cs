using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>Describes an aligned face by 128 numbers that are near for one person: face-api's <c>faceRecognitionNet</c>, dlib's ResNet.</summary>
internal sealed class FaceRecognizer : IDisposable
{
    /// <summary>Side at which a face is looked at.</summary>
    public const int Size = 150;

    /// <summary>Name of the network's files.</summary>
    internal const string Network = "face_recognition_model";

    private static readonly (string Name, int Inputs, int Outputs)[] Blocks =
    [
        ("conv32_1", 32, 32), ("conv32_2", 32, 32), ("conv32_3", 32, 32),
        ("conv64_down", 32, 64), ("conv64_1", 64, 64), ("conv64_2", 64, 64), ("conv64_3", 64, 64),
        ("conv128_down", 64, 128), ("conv128_1", 128, 128), ("conv128_2", 128, 128),
        ("conv256_down", 128, 256), ("conv256_1", 256, 256), ("conv256_2", 256, 256), ("conv256_down_out", 256, 256),
    ];

    private readonly FaceApiWeights _weights;
    private Tensor _mean;

    /// <summary>Loads the network.</summary>
    /// <param name="folder">Folder of face-api's models.</param>
    /// <exception cref="CheckpointException">A file is missing, damaged or something else.</exception>
    public FaceRecognizer(string folder)
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
        .. Layer("conv32_down", 7, 3, 32),
        .. Blocks.SelectMany(b => Layer(b.Name + "/conv1", 3, b.Inputs, b.Outputs).Concat(Layer(b.Name + "/conv2", 3, b.Outputs, b.Outputs))),
        ("fc", [256, 128]),
    ];

    /// <summary>The description.</summary>
    /// <param name="face">[3, H, W], values 0 to 255: the square that <see cref="FaceLandmarks.Align"/> gives.</param>
    /// <returns>[128].</returns>
    public Tensor Describe(Tensor face)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = (FaceCrop.Square(face, Size, centred: true) - _mean) / 255f;
        x = nn.functional.max_pool2d(Convolve("conv32_down", x, 2, same: false).relu(), [3, 3], [2, 2]);
        foreach (var (name, _, _) in Blocks)
            x = name.Contains("down", StringComparison.Ordinal) ? Halve(name, x) : Keep(name, x);
        return x.mean([2L, 3L]).mm(_weights["fc"]).squeeze(0).cpu().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        _mean.Dispose();
    }

    private Tensor Keep(string name, Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = Convolve(name + "/conv2", Convolve(name + "/conv1", x, 1, same: true).relu(), 1, same: true);
        return (y + x).relu().MoveToOuterDisposeScope();
    }

    // The shortcut is halved by means, and gets empty channels where there have to be more; where it is larger by a line, the
    // convolutions' side gets an empty one.
    private Tensor Halve(string name, Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = Convolve(name + "/conv2", Convolve(name + "/conv1", x, 2, same: false).relu(), 1, same: true);
        var shortcut = nn.functional.avg_pool2d(x, [2, 2], [2, 2]);
        if (y.shape[2] != shortcut.shape[2] || y.shape[3] != shortcut.shape[3])
            y = nn.functional.pad(y, [0, 1, 0, 1]);
        if (y.shape[1] != shortcut.shape[1])
            shortcut = cat([shortcut, zeros_like(shortcut)], 1);
        return (shortcut + y).relu().MoveToOuterDisposeScope();
    }

    private Tensor Convolve(string name, Tensor x, long stride, bool same)
    {
        var y = TensorFlowLayers.Convolve(x, _weights[name + "/conv/filters"], _weights[name + "/conv/bias"], stride, same);
        return y * _weights[name + "/scale/weights"].reshape(1, -1, 1, 1) + _weights[name + "/scale/biases"].reshape(1, -1, 1, 1);
    }

    private static IEnumerable<(string Name, long[] Shape)> Layer(string name, long window, long inputs, long outputs) =>
    [
        (name + "/conv/filters", [window, window, inputs, outputs]), (name + "/conv/bias", [outputs]),
        (name + "/scale/weights", [outputs]), (name + "/scale/biases", [outputs]),
    ];
}
