using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Adds up reconstruction errors over videos of any length without keeping frames.</summary>
/// <remarks>
/// A pixel moves where the mean over the three channels of |source − driving| is above <see cref="MovingThreshold"/>, frames in
/// [-1, 1]. Errors there are averaged over all moving pixels of all frames together, so that frames in which nothing moves have no say.
/// </remarks>
public sealed class ReconstructionMeter
{
    /// <summary>Difference from which a pixel counts as moving: 0.2, a tenth of the range.</summary>
    public const double MovingThreshold = 0.2;

    private double _error, _baseline, _movingError, _movingBaseline, _psnr;
    private long _values, _movingPixels, _pixels, _frames;

    /// <summary>Adds frames of one video.</summary>
    /// <param name="source">The frame that was animated, [1, 3, H, W] in [-1, 1].</param>
    /// <param name="driving">The real frames, [n, 3, H, W].</param>
    /// <param name="generated">The animator's frames, [n, 3, H, W]; values outside [-1, 1] are clamped, as a video would.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public void Add(Tensor source, Tensor driving, Tensor generated)
    {
        if (driving.dim() != 4 || !driving.shape.SequenceEqual(generated.shape) || !source.shape[1..].SequenceEqual(driving.shape[1..]))
        {
            throw new ArgumentException($"Source [{string.Join(", ", source.shape)}], driving [{string.Join(", ", driving.shape)}] and "
                + $"generated [{string.Join(", ", generated.shape)}] do not fit.");
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var truth = driving.to(ScalarType.Float64);
        var wrong = generated.to(ScalarType.Float64).clamp(-1, 1) - truth;
        var miss = wrong.abs();
        var still = (source.to(ScalarType.Float64) - truth).abs();
        var change = still.mean([1L]);                                           // [n, H, W]
        var moving = (change > MovingThreshold).to(ScalarType.Float64);

        _error += Sum(miss);
        _baseline += Sum(still);
        _values += miss.numel();
        _movingError += Sum(miss.mean([1L]) * moving);
        _movingBaseline += Sum(change * moving);
        _movingPixels += (long)Math.Round(Sum(moving));
        _pixels += moving.numel();
        foreach (double mse in (wrong * wrong).mean([1L, 2L, 3L]).ToArray<double>())
            _psnr += 10 * Math.Log10(4 / Math.Max(mse, 1e-10));
        _frames += driving.shape[0];
    }

    /// <summary>The scores so far; NaN where nothing was added or nothing moved.</summary>
    public ReconstructionScore Score() => new()
    {
        L1 = _error / _values,
        RepeatSourceL1 = _baseline / _values,
        MovingL1 = _movingError / _movingPixels,
        MovingRepeatSourceL1 = _movingBaseline / _movingPixels,
        Psnr = _psnr / _frames,
        MovingShare = (double)_movingPixels / _pixels,
        Frames = _frames,
    };

    private static double Sum(Tensor t) => t.sum().item<double>();
}
