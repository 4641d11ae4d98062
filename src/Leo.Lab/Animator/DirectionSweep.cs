using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// One person, each motion direction moved by itself from one side to the other: what LIA's figure of its directions shows
/// (LIA §4.4). D directions, N steps.
/// </summary>
/// <param name="Frames">[D, N, 3, S, S], nominally in [-1, 1], not clamped.</param>
/// <param name="Codes">The codes fed to the generator, [D, N, D].</param>
/// <param name="Offsets">What was added to the swept number of each code, [D, N].</param>
public sealed record DirectionSweep(Tensor Frames, Tensor Codes, Tensor Offsets) : IDisposable
{
    /// <summary>Sweeps every direction.</summary>
    /// <param name="animator">In evaluation mode.</param>
    /// <param name="source">The still, [1, 3, S, S] in [-1, 1].</param>
    /// <param name="range">Farthest offset to either side, for each of the D directions.</param>
    /// <param name="steps">N, the first at −range, the last at +range.</param>
    /// <param name="around">The code to start from, [1, D]; null is the still's own, and zeros are LIA's reference pose.</param>
    /// <param name="done">Told after each direction. <value>Default null.</value></param>
    /// <exception cref="ArgumentException">The still is not one image of the model's size, or the ranges are not D positive numbers.</exception>
    public static DirectionSweep Of(
        ImageAnimator animator, Tensor source, IReadOnlyList<double> range, int steps = 33, Tensor? around = null, Action<int>? done = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        int dim = animator.Settings.MotionDim;
        if (range.Count != dim || !range.All(r => r > 0 && double.IsFinite(r)))
            throw new ArgumentException($"{range.Count} ranges, expected {dim} numbers above zero");

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var pipeline = new AnimationPipeline(animator);
        var start = around ?? pipeline.Codes(source);
        List<Tensor> frames = [], codes = [], offsets = [];
        for (int d = 0; d < dim; d++)
        {
            using var inner = NewDisposeScope();
            var offset = linspace(-range[d], range[d], steps, ScalarType.Float32);
            var swept = start.expand(steps, -1).clone();
            swept.select(1, d).add_(offset);
            var made = pipeline.AnimateCodes(source, swept);
            frames.Add(made.Frames.MoveToOuterDisposeScope());
            codes.Add(swept.MoveToOuterDisposeScope());
            offsets.Add(offset.MoveToOuterDisposeScope());
            done?.Invoke(d + 1);
        }
        return new DirectionSweep(
            stack(frames, 0).MoveToOuterDisposeScope(), stack(codes, 0).MoveToOuterDisposeScope(), stack(offsets, 0).MoveToOuterDisposeScope());
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Frames.Dispose();
        Codes.Dispose();
        Offsets.Dispose();
    }
}
