using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// Which colours a video shows, and how much of each: a descriptor of a person and their surroundings that hardly notices how
/// they move. It needs no trained network, so it means the same for every animator.
/// </summary>
/// <remarks>
/// A joint RGB histogram of 6³ colours, each pixel shared among its nearest colours by trilinear weights (a small change of
/// colour then makes a small change of palette), averaged over the frames, and adding up to 1.
/// </remarks>
public static class ColourPalette
{
    private const int Levels = 6;

    /// <summary>The palette of frames.</summary>
    /// <param name="frames">[n, 3, H, W] in [-1, 1].</param>
    /// <returns>216 shares that add up to 1.</returns>
    public static double[] Of(Tensor frames)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var rgb = frames.detach().cpu().to(ScalarType.Float32).clamp(-1, 1);
        var place = ((rgb + 1) * ((Levels - 1) / 2f)).transpose(0, 1).reshape(3, -1, 1);         // [3, pixels, 1]
        var share = (1 - (place - arange(Levels, dtype: ScalarType.Float32)).abs()).clamp(0, 1); // [3, pixels, levels]
        var greenBlue = (share[1].unsqueeze(2) * share[2].unsqueeze(1)).reshape(-1, Levels * Levels);
        var counts = share[0].transpose(0, 1).mm(greenBlue).to(ScalarType.Float64);
        return (counts / counts.sum()).contiguous().ToArray<double>();
    }

    /// <summary>Total variation: the share of the picture whose colour would have to change. 0 is equal, 1 nothing in common.</summary>
    public static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum() / 2;

    /// <summary>Distance between the palettes of a video's first and last frames.</summary>
    /// <param name="frames">[T, 3, H, W] in [-1, 1].</param>
    /// <param name="window">Frames at either end. <value>Default 32; at most half of the video.</value></param>
    public static double Drift(Tensor frames, int window = 32)
    {
        using var scope = NewDisposeScope();
        long length = frames.shape[0], part = Math.Max(1, Math.Min(window, length / 2));
        return Distance(Of(frames.narrow(0, 0, part)), Of(frames.narrow(0, length - part, part)));
    }
}
