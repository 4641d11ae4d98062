using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>What face-api's networks have in common: how a picture is cut, squared and centred, and how separable layers are named.</summary>
internal static class FaceCrop
{
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
