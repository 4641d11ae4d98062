using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Shows flow fields as colours: hue is the direction, saturation the length, white is no motion.</summary>
public static class FlowColors
{
    /// <summary>Colours a batch of flows.</summary>
    /// <param name="flow">[B, 2, H, W], x then y.</param>
    /// <param name="longest">The length shown fully saturated; null takes the longest in the batch.</param>
    /// <returns>[B, 3, H, W] in [-1, 1].</returns>
    public static Tensor ToImage(Tensor flow, double? longest = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (x, y) = (flow.narrow(1, 0, 1), flow.narrow(1, 1, 1));
        var length = (x.square() + y.square()).sqrt();                    // [B, 1, H, W]
        var scale = Math.Max(longest ?? length.max().to(float64).item<double>(), 1e-6);
        var saturation = (length / scale).clamp(0, 1);
        var angle = atan2(y, x);
        // Three cosines, 120° apart, make a smooth and cyclic colour wheel.
        var wheel = cat([Wave(0), Wave(-2 * Math.PI / 3), Wave(2 * Math.PI / 3)], 1);
        return (1 - saturation * (1 - wheel)).MoveToOuterDisposeScope();

        Tensor Wave(double phase) => (angle + phase).cos();
    }
}
