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

    private readonly List<VideoSums> _videos = [];
    private double _error, _baseline, _psnr;
    private long _values, _movingPixels, _pixels, _frames;

    /// <summary>Adds frames of one video.</summary>
    /// <param name="video">Its name; frames of a video are added one part after the other.</param>
    /// <param name="source">The frame that was animated, [1, 3, H, W] in [-1, 1]: the video's first.</param>
    /// <param name="first">What the animator makes of it where it is driven by itself, [1, 3, H, W]; where nothing moves, it stays.</param>
    /// <param name="driving">The real frames, [n, 3, H, W].</param>
    /// <param name="generated">The animator's frames, [n, 3, H, W]; values outside [-1, 1] are clamped, as a video would.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public void Add(string video, Tensor source, Tensor first, Tensor driving, Tensor generated)
    {
        if (driving.dim() != 4 || !driving.shape.SequenceEqual(generated.shape) || !source.shape[1..].SequenceEqual(driving.shape[1..]) || !first.shape.SequenceEqual(source.shape))
        {
            throw new ArgumentException($"Source [{string.Join(", ", source.shape)}], its reconstruction [{string.Join(", ", first.shape)}], driving [{string.Join(", ", driving.shape)}] and "
                + $"generated [{string.Join(", ", generated.shape)}] do not fit.");
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (truth, still, made, rest) = (Exact(driving), Exact(source), Exact(generated).clamp(-1, 1), Exact(first).clamp(-1, 1));
        var wrong = made - truth;
        var miss = wrong.abs();
        var (motion, madeMotion) = (truth - still, made - rest);
        var change = motion.abs().mean([1L]);                                    // [n, H, W]
        var moving = (change > MovingThreshold).to(ScalarType.Float64);

        _error += Sum(miss);
        _baseline += Sum(motion.abs());
        _values += miss.numel();
        _movingPixels += (long)Math.Round(Sum(moving));
        _pixels += moving.numel();
        foreach (double mse in (wrong * wrong).mean([1L, 2L, 3L]).ToArray<double>())
            _psnr += 10 * Math.Log10(4 / Math.Max(mse, 1e-10));
        _frames += driving.shape[0];

        if (_videos.Count == 0 || _videos[^1].Name != video)
            _videos.Add(new VideoSums(video));
        _videos[^1].Add(new VideoSums(video)
        {
            Error = Sum(miss.mean([1L]) * moving),
            Frozen = Sum((rest - truth).abs().mean([1L]) * moving),
            Baseline = Sum(change * moving),
            Product = Sum(motion * madeMotion),
            Motion = Sum(motion * motion),
            MadeMotion = Sum(madeMotion * madeMotion),
        });
    }

    /// <summary>The scores so far; NaN where nothing was added or nothing moved.</summary>
    public ReconstructionScore Score()
    {
        var all = new VideoSums("");
        _videos.ForEach(all.Add);
        return new ReconstructionScore
        {
            L1 = _error / _values,
            RepeatSourceL1 = _baseline / _values,
            MovingL1 = all.Error / _movingPixels,
            MovingFrozenL1 = all.Frozen / _movingPixels,
            MovingRepeatSourceL1 = all.Baseline / _movingPixels,
            Agreement = all.Agreement,
            Gain = all.Gain,
            Psnr = _psnr / _frames,
            MovingShare = (double)_movingPixels / _pixels,
            Frames = _frames,
            Videos = [.. _videos.Select(v => new MotionAgreement(v.Name, v.Agreement, v.Gain, v.Error / v.Baseline, v.Frozen / v.Baseline))],
        };
    }

    private static Tensor Exact(Tensor t) => t.to(ScalarType.Float64);

    private static double Sum(Tensor t) => t.sum().item<double>();

    private sealed class VideoSums(string name)
    {
        public string Name { get; } = name;

        public double Error { get; set; }

        public double Frozen { get; set; }

        public double Baseline { get; set; }

        public double Product { get; set; }

        public double Motion { get; set; }

        public double MadeMotion { get; set; }

        public double Agreement => MadeMotion > 0 ? Product / Math.Sqrt(Motion * MadeMotion) : Motion > 0 ? 0 : double.NaN;

        public double Gain => Product / Motion;

        public void Add(VideoSums other)
        {
            (Error, Frozen, Baseline) = (Error + other.Error, Frozen + other.Frozen, Baseline + other.Baseline);
            (Product, Motion, MadeMotion) = (Product + other.Product, Motion + other.Motion, MadeMotion + other.MadeMotion);
        }
    }
}
