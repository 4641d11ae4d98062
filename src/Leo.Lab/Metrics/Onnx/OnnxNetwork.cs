using System.Globalization;
using Leo.Lab.Checkpoints;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Onnx;

/// <summary>
/// Somebody's network in the format ONNX that looks at one frame, run by ONNX Runtime on the processor. The first input is <c>1×3×H×W</c> float32, red,
/// green, blue; H and W are the file's own, or given where it leaves them open. Of several outputs the first counts.
/// </summary>
/// <remarks>
/// Frames are stretched to H×W, bilinear between pixel centres without smoothing, as the published protocols of FVD do. A file of ONNX is data for
/// operators that ONNX Runtime knows, but it is run: load what you trust.
/// </remarks>
public sealed class OnnxNetwork : IDisposable
{
    /// <summary>Least certainty of a key point, if no other is given: that of the program that the published key points of bodies come from.</summary>
    public const double DefaultLeast = 0.1;

    private const string Advice = "See docs/metrics.md for what a network has to take and give";
    private const int Largest = 4096;
    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly OnnxRange _range;

    private OnnxNetwork(string path, InferenceSession session, string input, int height, int width, OnnxRange range, double least)
    {
        (Path, _session, _input, Height, Width, _range, Least) = (path, session, input, height, width, range, least);
        Weights = WeightsHash.Of(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Rows of the network's picture.</summary>
    public int Height { get; }

    /// <summary>Columns of it.</summary>
    public int Width { get; }

    /// <summary>How certain a key point has to be to count as found.</summary>
    public double Least { get; }

    /// <summary>Hash of the file.</summary>
    public string Weights { get; }

    /// <summary>What stands beside every number: <c>onnx:</c> and the file's name.</summary>
    public string Name => "onnx:" + System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Opens a network.</summary>
    /// <param name="words">
    /// <c>FILE[,size=WxH][,range=0..1|-1..1|0..255|imagenet][,least=0.1]</c>: the picture's size, needed where the file leaves it open; what the values of
    /// pixels are brought to (<see cref="OnnxRange"/>, default 0..1); how certain a key point has to be.
    /// </param>
    /// <exception cref="CheckpointException">The file is missing, no network, or takes something else; or the words do not fit.</exception>
    /// <exception cref="LeoException">ONNX Runtime is not to be had.</exception>
    public static OnnxNetwork Open(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        string path = words;
        var (given, range, least) = ((0, 0), OnnxRange.Unit, DefaultLeast);
        for (int comma = path.LastIndexOf(','); comma > 0 && Option(path[(comma + 1)..]); comma = path.LastIndexOf(','))
            path = path[..comma];
        if (!File.Exists(path))
            throw new CheckpointException(path, "there is no such file", "Give a network in the format ONNX");
        NativeOnnx.Require();
        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = get_num_threads(), InterOpNumThreads = 1 };
            session = new InferenceSession(path, options);
            var (name, shape) = session.InputMetadata.Count == 1 ? session.InputMetadata.Select(i => (i.Key, i.Value)).Single()
                : throw new CheckpointException(path, $"expected one input, found {session.InputMetadata.Count} ({string.Join(", ", session.InputMetadata.Keys)})", Advice);
            var (height, width) = Size(path, name, shape, given);
            return new OnnxNetwork(path, session, name, height, width, range, least);
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            throw new CheckpointException(path, $"is no network that ONNX Runtime {NativeOnnx.Version} can load ({FirstLine(e)})", Advice, inner: e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }

        bool Option(string part)
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return false;
            string value = part[(equals + 1)..];
            switch (part[..equals])
            {
                case "size":
                    given = value.Split('x') is [var w, var h] && int.TryParse(w, CultureInfo.InvariantCulture, out int columns) && int.TryParse(h, CultureInfo.InvariantCulture, out int rows)
                        && columns is > 0 and <= Largest && rows is > 0 and <= Largest ? (rows, columns) : throw Wrong(part, $"size=WxH, each from 1 to {Largest}");
                    return true;
                case "range":
                    range = OnnxRange.Find(value) ?? throw Wrong(part, $"range={string.Join('|', OnnxRange.All.Select(r => r.Name))}");
                    return true;
                case "least":
                    least = double.TryParse(value, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : throw Wrong(part, "least=NUMBER");
                    return true;
                default:
                    return false;
            }
        }

        CheckpointException Wrong(string found, string expected) => new(words, $"expected {expected}, found {found}", Advice);
    }

    /// <summary>Runs the network on one frame.</summary>
    /// <param name="frame">[3, H, W], values 0 to 255.</param>
    /// <returns>The first output and its shape.</returns>
    /// <exception cref="CheckpointException">The network failed, or its first output is no float32.</exception>
    internal (float[] Values, int[] Shape) Run(Tensor frame)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var picture = frame.cpu().to(ScalarType.Float32).unsqueeze(0);
        if (picture.shape[2] != Height || picture.shape[3] != Width)
            picture = nn.functional.interpolate(picture, [Height, Width], mode: InterpolationMode.Bilinear, align_corners: false);
        float[] pixels = [.. _range.Apply(picture).contiguous().data<float>()];
        try
        {
            using var value = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, Height, Width]);
            using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var results = _session.Run(run, [_input], [value], [_session.OutputNames[0]]);
            var info = results[0].GetTensorTypeAndShape();
            return info.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float
                ? (results[0].GetTensorDataAsSpan<float>().ToArray(), [.. info.Shape.Select(n => (int)n)])
                : throw Expected("an output of float32", $"{info.ElementDataType} '{_session.OutputNames[0]}'");
        }
        catch (OnnxRuntimeException e)
        {
            throw new CheckpointException(Path, $"the network failed on a picture of 1×3×{Height}×{Width} ({FirstLine(e)})", Advice, inner: e);
        }
    }

    /// <summary>What to throw where the output is not what is needed.</summary>
    internal CheckpointException Expected(string expected, string found) => new(Path, $"expected {expected}, found {found}", Advice);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static (int Height, int Width) Size(string path, string name, NodeMetadata input, (int Height, int Width) given)
    {
        int[] shape = input.IsTensor ? input.Dimensions : [];
        if (input.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float || shape.Length != 4 || shape[0] > 1 || shape[1] is not (3 or < 1))
            throw new CheckpointException(path, $"expected an input 1×3×H×W of float32, found {input.ElementDataType} '{name}' {Text(shape)}", Advice);
        var size = (Height: shape[2] > 0 ? shape[2] : given.Height, Width: shape[3] > 0 ? shape[3] : given.Width);
        if (size.Height == 0 || size.Width == 0)
            throw new CheckpointException(path, $"leaves the size of its picture open ({Text(shape)})", "Give it behind the file: ,size=WxH");
        return given is (0, 0) || given == size ? size
            : throw new CheckpointException(path, $"takes a picture of {size.Width}x{size.Height}, found size={given.Width}x{given.Height}", "Leave the size out");
    }

    private static string Text(int[] shape) => string.Join('×', shape.Select(n => n > 0 ? n.ToString(CultureInfo.InvariantCulture) : "?"));

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].TrimEnd('.', '\r');
}

/// <summary>What an ONNX network wants the values of pixels to be.</summary>
/// <param name="Name">How it is written.</param>
/// <param name="Mean">Taken off each channel, in levels 0 to 255.</param>
/// <param name="Deviation">Then divided by, likewise.</param>
internal sealed record OnnxRange(string Name, float[] Mean, float[] Deviation)
{
    /// <summary>0 to 1.</summary>
    public static OnnxRange Unit { get; } = new("0..1", [0, 0, 0], [255, 255, 255]);

    /// <summary>All that can be written.</summary>
    public static IReadOnlyList<OnnxRange> All { get; } =
    [
        Unit,
        new("-1..1", [127.5f, 127.5f, 127.5f], [127.5f, 127.5f, 127.5f]),
        new("0..255", [0, 0, 0], [1, 1, 1]),
        new("imagenet", [255 * 0.485f, 255 * 0.456f, 255 * 0.406f], [255 * 0.229f, 255 * 0.224f, 255 * 0.225f]),
    ];

    /// <summary>By its name; null where there is none.</summary>
    public static OnnxRange? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    /// <summary>Levels to values, [1, 3, H, W].</summary>
    public Tensor Apply(Tensor levels) => (levels - tensor(Mean).reshape(1, 3, 1, 1)) / tensor(Deviation).reshape(1, 3, 1, 1);
}
