using static TorchSharp.torch;

namespace Leo.Lab.Metrics.I3d;

/// <summary>
/// Max pooling with "same" padding, along one side after the other: the largest of a box is the largest of the largest of its rows. libtorch's own looks at
/// every place of the box and keeps where the largest was, which costs I3D a third of its time.
/// </summary>
internal static class MaxPooling
{
    // Padding takes no part: what I3D pools has been through a rectifier, so that zeros are as good as −∞.
    private static readonly NativeScripts Unit = new("""
        def largest(x: Tensor, side: int, window: int, stride: int, near: int, count: int):
            length = x.size(side)
            y = torch.slice(x, side, 0, (count - 1) * stride + 1, stride).clone()
            for place in range(-near, window - near):
                if place != 0:
                    first = max(0, (stride - 1 - place) // stride)
                    last = min(count - 1, (length - 1 - place) // stride)
                    if first <= last:
                        rows = y.narrow(side, first, last - first + 1)
                        torch.maximum(rows, torch.slice(x, side, first * stride + place, last * stride + place + 1, stride), out=rows)
            return y

        """);

    /// <summary>Pools. Without gradient.</summary>
    /// <param name="x">[B, C, T, H, W], no number negative.</param>
    /// <param name="window">Size along T, H and W.</param>
    /// <param name="stride">Steps along T, H and W.</param>
    /// <returns>Sides divided by the stride and rounded up.</returns>
    internal static Tensor Same(Tensor x, long[] window, long[] stride)
    {
        using var scope = NewDisposeScope();
        for (int i = 0; i < 3; i++)
        {
            if (window[i] == 1 && stride[i] == 1) continue;
            long length = x.shape[i + 2];
            x = (Tensor)Unit.Call("largest", x, i + 2, (int)window[i], (int)stride[i], (int)SamePadding.Of(length, window[i], stride[i]).Near, (int)((length + stride[i] - 1) / stride[i]));
        }
        return x.MoveToOuterDisposeScope();
    }
}
