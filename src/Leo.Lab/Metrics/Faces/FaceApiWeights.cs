using System.Buffers.Binary;
using System.Text.Json;
using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics.I3d;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>
/// Weights as face-api (and TensorFlow.js) keeps them: a manifest in JSON that lists tensors in order, and files that hold them one after
/// another, as float32 or as bytes q that mean <c>q · scale + min</c>.
/// </summary>
internal sealed class FaceApiWeights : IDisposable
{
    private const int LargestManifest = 1 << 20, LargestFile = 32 << 20;
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    private FaceApiWeights()
    {
    }

    /// <summary>A tensor in PyTorch's layout: filters [out, in, h, w], of depthwise ones [channels, 1, h, w].</summary>
    internal Tensor this[string name] => _tensors[name];

    /// <summary>Loads a network's weights.</summary>
    /// <param name="folder">Where the manifest is.</param>
    /// <param name="network">Name of the network, as <c>face_recognition_model</c>.</param>
    /// <param name="expected">Names and shapes, in TensorFlow's layout, that have to be there.</param>
    /// <exception cref="CheckpointException">A file is missing or damaged, or a tensor is missing or of another shape.</exception>
    internal static FaceApiWeights Load(string folder, string network, IEnumerable<(string Name, long[] Shape)> expected)
    {
        string manifest = Path.Combine(folder, network + "-weights_manifest.json");
        var weights = new FaceApiWeights();
        try
        {
            using var document = Parse(manifest);
            foreach (var group in document.RootElement.EnumerateArray())
                weights.Read(manifest, group);
            foreach (var (name, shape) in expected)
                weights.Adopt(manifest, name, shape);
            return weights;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            weights.Dispose();
            throw new CheckpointException(manifest, $"is no manifest of weights ({e.Message.TrimEnd('.')})", Advice, inner: e);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
    }

    private const string Advice = "Get the files again with `leo data fetch face-net`";

    private static JsonDocument Parse(string manifest)
    {
        try
        {
            return JsonDocument.Parse(ReadFile(manifest, LargestManifest));
        }
        catch (JsonException e)
        {
            throw new CheckpointException(manifest, $"is no JSON ({e.Message.TrimEnd('.')})", Advice, inner: e);
        }
    }

    private static byte[] ReadFile(string path, int largest)
    {
        try
        {
            long length = new FileInfo(path).Length;
            return length <= largest ? File.ReadAllBytes(path) : throw new CheckpointException(path, $"expected at most {largest} bytes, found {length}", Advice);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, "cannot be read", Advice, inner: e);
        }
    }

    private void Read(string manifest, JsonElement group)
    {
        string folder = Path.GetDirectoryName(manifest)!;
        var bytes = new List<byte>();
        foreach (var path in group.GetProperty("paths").EnumerateArray())
        {
            // Only a file beside the manifest: the name comes from elsewhere.
            string name = path.GetString() ?? "";
            if (name.Length == 0 || name != Path.GetFileName(name) || name.Contains('\0'))
                throw new CheckpointException(manifest, $"names the file '{name}'", Advice);
            bytes.AddRange(ReadFile(Path.Combine(folder, name), LargestFile));
        }
        ReadOnlySpan<byte> left = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
        foreach (var entry in group.GetProperty("weights").EnumerateArray())
            left = left[One(manifest, entry, left)..];
        if (left.Length > 0)
            throw new CheckpointException(manifest, $"{left.Length} bytes are left over after its tensors", Advice);
    }

    // Returns the bytes taken.
    private int One(string manifest, JsonElement entry, ReadOnlySpan<byte> bytes)
    {
        string name = entry.GetProperty("name").GetString() ?? "", type = entry.GetProperty("dtype").GetString() ?? "";
        long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())];
        bool quantised = entry.TryGetProperty("quantization", out var how);
        long count = shape.Aggregate(1L, (a, n) => n is >= 0 and <= LargestFile ? checked(a * n) : throw Broken($"shape {Shapes.Text(shape)}"));
        long size = checked(count * (quantised ? 1 : 4));
        // Networks that were TensorFlow's graphs also hold the graph's own whole numbers, which nobody asks for.
        if ((type != "float32" && !(quantised && type == "int32")) || (quantised && how.GetProperty("dtype").GetString() != "uint8") || size > bytes.Length)
            throw Broken($"{type} {Shapes.Text(shape)} in {bytes.Length} bytes");

        float[] values = new float[count];
        if (quantised)
        {
            double scale = how.GetProperty("scale").GetDouble(), least = how.GetProperty("min").GetDouble();
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)((bytes[i] * scale) + least);
        }
        else
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
        }
        using var outside = NewDisposeScope();
        if (!_tensors.TryAdd(name, tensor(values, shape).DetachFromDisposeScope()))
            throw Broken("a second tensor of this name");
        return (int)size;

        CheckpointException Broken(string found) => new(manifest, $"expected float32, or uint8 for it, found {found}", Advice, name);
    }

    /// <summary>Moves the tensors.</summary>
    internal void MoveTo(Device device)
    {
        foreach (string name in _tensors.Keys.ToList())
            _tensors[name] = Moved(_tensors[name], device);
    }

    /// <summary>A tensor on another device, in no dispose scope; the one given is disposed of.</summary>
    internal static Tensor Moved(Tensor tensor, Device device)
    {
        using var outside = NewDisposeScope();
        var moved = tensor.to(device).alias().DetachFromDisposeScope();
        tensor.Dispose();
        return moved;
    }

    private void Adopt(string manifest, string name, long[] shape)
    {
        if (!_tensors.TryGetValue(name, out var found) || !found.shape.SequenceEqual(shape))
            throw new CheckpointException(manifest, $"expected {Shapes.Text(shape)}, found {(found is null ? "none" : Shapes.Text(found.shape))}", Advice, name);
        if (shape.Length != 4)
            return;
        using var outside = NewDisposeScope();
        long[] order = name.EndsWith("depthwise_filter", StringComparison.Ordinal) || name.EndsWith("depthwise_weights", StringComparison.Ordinal) ? [2, 3, 0, 1] : [3, 2, 0, 1];
        _tensors[name] = found.permute(order).contiguous().DetachFromDisposeScope();
        found.Dispose();
    }
}

/// <summary>Layers that do what TensorFlow.js does: "same" padding that puts an odd zero at the far end, and its older way to resize.</summary>
internal static class TensorFlowLayers
{
    /// <summary>A convolution.</summary>
    /// <param name="x">[B, C, H, W].</param>
    /// <param name="filters">[out, in, h, w].</param>
    /// <param name="bias">[out].</param>
    /// <param name="stride">Step.</param>
    /// <param name="same">Padded so that the size stays, or is divided by the stride and rounded up.</param>
    /// <param name="groups">As many as channels for a depthwise one.</param>
    internal static Tensor Convolve(Tensor x, Tensor filters, Tensor? bias, long stride, bool same, long groups = 1) =>
        nn.functional.conv2d(same ? Pad(x, filters.shape[2], stride, 0) : x, filters, bias, [stride, stride], null, null, groups);

    /// <summary>A convolution of each channel by itself, then one of all channels at each place.</summary>
    internal static Tensor Separable(FaceApiWeights weights, string name, Tensor x, long stride)
    {
        var each = Convolve(x, weights[name + "/depthwise_filter"], null, stride, same: true, groups: x.shape[1]);
        return Convolve(each, weights[name + "/pointwise_filter"], weights[name + "/bias"], 1, same: false);
    }

    /// <summary>The largest of 2×2, in which places beyond the border do not count.</summary>
    internal static Tensor MaxPool(Tensor x, long stride) => nn.functional.max_pool2d(Pad(x, 2, stride, double.NegativeInfinity), [2, 2], [stride, stride]);

    /// <summary>Black beside or below a picture until it is a square.</summary>
    /// <param name="x">[1, 3, H, W].</param>
    /// <param name="centred">Whether the picture is in the middle; an odd line goes to the far end.</param>
    internal static Tensor PadToSquare(Tensor x, bool centred)
    {
        long missing = Math.Abs(x.shape[2] - x.shape[3]);
        if (missing == 0)
            return x;
        long far = centred ? (missing + 1) / 2 : missing, near = missing - far;
        return x.shape[2] > x.shape[3] ? nn.functional.pad(x, [near, far, 0, 0]) : nn.functional.pad(x, [0, 0, near, far]);
    }

    /// <summary>Bilinear between the upper left corners of pixels, not their centres: TensorFlow's first way.</summary>
    /// <param name="x">[1, 3, S, S].</param>
    /// <param name="size">Side that comes out.</param>
    internal static Tensor Resize(Tensor x, long size)
    {
        if (x.shape[2] == size && x.shape[3] == size)
            return x;
        return Along(Along(x, 2, size), 3, size);
    }

    private static Tensor Along(Tensor x, long side, long size)
    {
        long length = x.shape[(int)side];
        var at = arange(size, dtype: ScalarType.Float64) * ((double)length / size);
        var near = at.floor();
        var far = (near + 1).clamp(0, length - 1);
        var share = (at - near).to(ScalarType.Float32).reshape(side == 2 ? [1, 1, -1, 1] : [1, 1, 1, -1]).to(x.device);
        Tensor a = x.index_select(side, near.to(ScalarType.Int64).to(x.device)), b = x.index_select(side, far.to(ScalarType.Int64).to(x.device));
        return a + (b - a) * share;
    }

    private static Tensor Pad(Tensor x, long window, long stride, double value)
    {
        var (top, bottom) = SamePadding.Of(x.shape[2], window, stride);
        var (left, right) = SamePadding.Of(x.shape[3], window, stride);
        return top + bottom + left + right == 0 ? x : nn.functional.pad(x, [left, right, top, bottom], PaddingModes.Constant, value);
    }
}
