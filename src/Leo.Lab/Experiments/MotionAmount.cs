using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>How much moves in a video; a sample that stands still shows itself here.</summary>
public static class MotionAmount
{
    /// <summary>Mean absolute difference between neighbouring frames, in units of [-1, 1].</summary>
    /// <param name="frames">[T, 3, H, W], at least two frames.</param>
    public static double Of(Tensor frames)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long pairs = frames.shape[0] - 1;
        if (pairs < 1)
            throw new ArgumentException("Motion needs two frames.", nameof(frames));
        var rgb = frames.clamp(-1, 1);
        return (rgb.narrow(0, 1, pairs) - rgb.narrow(0, 0, pairs)).abs().mean().to(ScalarType.Float64).item<double>();
    }
}
