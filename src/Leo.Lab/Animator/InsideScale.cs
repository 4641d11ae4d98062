using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>What the generator does at one scale, s pixels; T frames.</summary>
/// <param name="Size">s.</param>
/// <param name="Flow">φ, [T, 2, s, s], x then y, in units of half the image's side, in (-1, 1).</param>
/// <param name="Mask">[T, 1, s, s] in (0, 1): 1 keeps the warped source, 0 inpaints.</param>
/// <param name="Warped">The source picture, reduced to s, warped by φ and neither masked nor inpainted, [T, 3, s, s].</param>
public sealed record InsideScale(int Size, Tensor Flow, Tensor Mask, Tensor Warped) : IDisposable
{
    // Flow and mask as they leave the layer, [T, 3, s, s], before tanh and sigmoid.
    internal static InsideScale Of(Tensor source, Tensor raw)
    {
        using var scope = NewDisposeScope();
        long size = raw.shape[3], factor = source.shape[3] / size;
        var flow = raw.narrow(1, 0, 2).tanh();
        var small = factor > 1 ? nn.functional.avg_pool2d(source, factor) : source;
        var warped = Warp.Apply(small.expand(flow.shape[0], -1, -1, -1), flow);
        return new InsideScale((int)size, flow, raw.narrow(1, 2, 1).sigmoid(), warped).MoveToOuterDisposeScope();
    }

    internal InsideScale MoveToOuterDisposeScope()
    {
        Flow.MoveToOuterDisposeScope();
        Mask.MoveToOuterDisposeScope();
        Warped.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Flow.Dispose();
        Mask.Dispose();
        Warped.Dispose();
    }
}
