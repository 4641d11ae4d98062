using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.I3d;

/// <summary>TensorFlow's "same" padding: as many places come out as go in, divided by the stride and rounded up; an odd zero goes to the far end.</summary>
internal static class SamePadding
{
    /// <summary>Zeros at the near and the far end of one side.</summary>
    internal static (long Near, long Far) Of(long length, long window, long stride)
    {
        long all = Math.Max(window - (length % stride == 0 ? stride : length % stride), 0);
        return (all / 2, all - all / 2);
    }

    /// <summary>
    /// Pads for a window, or says that the operator can do it itself: copying a clip for its border costs as much as a pooling.
    /// </summary>
    /// <param name="x">[B, C, T, H, W].</param>
    /// <param name="window">Size along T, H and W.</param>
    /// <param name="stride">Steps along T, H and W.</param>
    /// <returns>What to give the operator, and the padding that is left to it.</returns>
    internal static (Tensor Input, long[] Left) Apply(Tensor x, long[] window, long[] stride)
    {
        var sides = window.Select((w, i) => Of(x.shape[i + 2], w, stride[i])).ToArray();
        if (sides.All(s => s.Near == s.Far))
            return (x, [.. sides.Select(s => s.Near)]);
        return (nn.functional.pad(x, [sides[2].Near, sides[2].Far, sides[1].Near, sides[1].Far, sides[0].Near, sides[0].Far]), [0, 0, 0]);
    }
}
