using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>
/// How well held-out videos are rebuilt from their first frame, beside the baseline that repeats the first frame.
/// </summary>
/// <param name="L1">Mean |x̂ − x| over all frames but the first, images in [-1, 1].</param>
/// <param name="RepeatSourceL1">The same for repeating the first frame.</param>
/// <param name="MovingL1">As <paramref name="L1"/>, where source and driving differ by more than 0.2.</param>
/// <param name="MovingRepeatSourceL1">The same for repeating the first frame.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in dB, from the mean square error over all frames, peak-to-peak 2.</param>
public sealed record ReconstructionScore(double L1, double RepeatSourceL1, double MovingL1, double MovingRepeatSourceL1, double Psnr)
{
    /// <summary>A difference (in [-1, 1]) above which something moves.</summary>
    public const double MovingThreshold = 0.2;

    /// <summary>Error in the moving region over that of repeating the source; 0 is perfect, 1 is useless. NaN if nothing moves.</summary>
    public double MovingRatio => MovingL1 / MovingRepeatSourceL1;

    /// <summary>Scores <paramref name="animator"/>, which should be in evaluation mode.</summary>
    /// <exception cref="ArgumentException">A clip has fewer than two frames or another size.</exception>
    public static ReconstructionScore Of(ImageAnimator animator, HeldOutClips heldOut)
    {
        using var noGrad = no_grad();
        var pipeline = new AnimationPipeline(animator);
        double l1 = 0, repeat = 0, moving = 0, movingRepeat = 0, square = 0, pixels = 0, movingPixels = 0;
        foreach (var clip in heldOut.Clips)
        {
            if (clip.shape[0] < 2) throw new ArgumentException("a clip of one frame cannot be scored, expected two at least");
            using var scope = NewDisposeScope();
            var source = clip.narrow(0, 0, 1);
            var driving = clip.narrow(0, 1, clip.shape[0] - 1);
            var error = pipeline.Animate(source, driving).Frames.clamp(-1, 1) - driving;
            var still = (source - driving).abs();
            var moves = (still > MovingThreshold).to(float32);
            var distance = error.abs();
            l1 += Sum(distance);
            square += Sum(error.square());
            repeat += Sum(still);
            moving += Sum(distance * moves);
            movingRepeat += Sum(still * moves);
            movingPixels += Sum(moves);
            pixels += driving.numel();
        }
        var psnr = 10 * Math.Log10(4 / Math.Max(square / pixels, 1e-12));
        return new(l1 / pixels, repeat / pixels, moving / movingPixels, movingRepeat / movingPixels, psnr);
    }

    /// <summary>The scores by name, for logs.</summary>
    public IReadOnlyDictionary<string, double> ToScalars() => new Dictionary<string, double>
    {
        ["l1"] = L1,
        ["repeatSourceL1"] = RepeatSourceL1,
        ["movingL1"] = MovingL1,
        ["movingRepeatSourceL1"] = MovingRepeatSourceL1,
        ["movingRatio"] = MovingRatio,
        ["psnr"] = Psnr,
    };

    private static double Sum(Tensor values) => values.to(float64).sum().item<double>();
}
