using Leo.Lab.Metrics.I3d;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

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
        var share = (at - near).to(ScalarType.Float32).reshape(side == 2 ? [1, 1, -1, 1] : [1, 1, 1, -1]);
        Tensor a = x.index_select(side, near.to(ScalarType.Int64)), b = x.index_select(side, far.to(ScalarType.Int64));
        return a + (b - a) * share;
    }

    private static Tensor Pad(Tensor x, long window, long stride, double value)
    {
        var (top, bottom) = SamePadding.Of(x.shape[2], window, stride);
        var (left, right) = SamePadding.Of(x.shape[3], window, stride);
        return top + bottom + left + right == 0 ? x : nn.functional.pad(x, [left, right, top, bottom], PaddingModes.Constant, value);
    }
}
