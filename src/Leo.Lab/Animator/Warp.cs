using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Backward warping of feature maps by a flow field.</summary>
public static class Warp
{
    /// <summary>
    /// Samples <paramref name="features"/> where the flow points: output(p) = features(p + φ(p)), bilinear, zeros
    /// outside.
    /// </summary>
    /// <remarks>
    /// The base grid reaches −1 and 1 at the centres of the outermost pixels while sampling takes these for the
    /// edges, as in the official code: a zero flow therefore scales the map by H/(H−1) about its centre.
    /// </remarks>
    /// <param name="features">[B, C, H, W].</param>
    /// <param name="flow">[B, 2, H, W], x then y, in units of half the image's side.</param>
    /// <returns>[B, C, H, W].</returns>
    public static Tensor Apply(Tensor features, Tensor flow)
    {
        using var scope = NewDisposeScope();
        var grid = flow.permute(0, 2, 3, 1) + Grid(flow.shape[2], flow.shape[3], flow.device);   // [B, H, W, 2]
        return nn.functional.grid_sample(features, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, false)
            .MoveToOuterDisposeScope();
    }

    private static Tensor Grid(long height, long width, Device device)
    {
        var x = linspace(-1, 1, width, float32, device).unsqueeze(0).expand(height, width);
        var y = linspace(-1, 1, height, float32, device).unsqueeze(1).expand(height, width);
        return stack([x, y], -1);
    }
}
