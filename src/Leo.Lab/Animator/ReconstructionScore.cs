using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>How near generated frames come to the real ones, beside the baseline that repeats the source.</summary>
public sealed record ReconstructionScore
{
    /// <summary>Mean absolute error, frames in [-1, 1].</summary>
    public required double L1 { get; init; }

    /// <summary>The same for repeating the source frame, which moves nothing.</summary>
    public required double RepeatSourceL1 { get; init; }

    /// <summary>Mean absolute error over the moving region alone (see <see cref="ReconstructionMeter"/>).</summary>
    public required double MovingL1 { get; init; }

    /// <summary>The same for the animator's first output of each video, frozen: what a still picture would score.</summary>
    public required double MovingFrozenL1 { get; init; }

    /// <summary>Whether motion agrees with the real one, over all videos (<see cref="MotionAgreement.Agreement"/>); 1 is best.</summary>
    public required double Agreement { get; init; }

    /// <summary>How much of the motion there is, over all videos (<see cref="MotionAgreement.Gain"/>); 1 is all of it.</summary>
    public required double Gain { get; init; }

    /// <summary>Each video's motion.</summary>
    public required IReadOnlyList<MotionAgreement> Videos { get; init; }

    /// <summary>The baseline over the moving region alone.</summary>
    public required double MovingRepeatSourceL1 { get; init; }

    /// <summary>Mean over frames of the peak signal-to-noise ratio in dB, peak-to-peak 2.</summary>
    public required double Psnr { get; init; }

    /// <summary>Share of all pixels that move.</summary>
    public required double MovingShare { get; init; }

    /// <summary>Number of frames judged.</summary>
    public required long Frames { get; init; }

    /// <summary>Error in the moving region over that of repeating the source; 0 is perfect, 1 is useless. NaN if nothing moves.</summary>
    public double MovingRatio => MovingL1 / MovingRepeatSourceL1;

    /// <summary>The first output, frozen, in the moving region over repeating the source: no model that moves nothing has to score worse.</summary>
    public double FrozenRatio => MovingFrozenL1 / MovingRepeatSourceL1;

    /// <summary>Videos that do not move, in words: their names, the share of all; empty where all move.</summary>
    public string StillVideos()
    {
        string[] still = [.. Videos.Where(v => !v.Moves).Select(v => System.IO.Path.GetFileNameWithoutExtension(v.Video))];
        return still.Length == 0 ? "" : $"{still.Length} of {Videos.Count} videos do not move (agreement or gain below {Text(MotionAgreement.Least)}): {string.Join(", ", still.Take(8))}{(still.Length > 8 ? ", …" : "")}";
    }

    /// <summary>Scores <paramref name="animator"/>, which should be in evaluation mode, on all frames but the first of each clip.</summary>
    /// <exception cref="ArgumentException">A clip has fewer than two frames or another size.</exception>
    public static ReconstructionScore Of(ImageAnimator animator, HeldOutClips heldOut)
    {
        using var noGrad = no_grad();
        var pipeline = new AnimationPipeline(animator);
        var meter = new ReconstructionMeter();
        int number = 0;
        foreach (var clip in heldOut.Clips)
        {
            if (clip.shape[0] < 2) throw new ArgumentException("a clip of one frame cannot be scored, expected two at least");
            using var scope = NewDisposeScope();
            var source = clip.narrow(0, 0, 1);
            var driving = clip.narrow(0, 1, clip.shape[0] - 1);
            // Driven by itself first: what stays where nothing moves.
            var made = pipeline.Animate(source, clip).Frames;
            meter.Add($"{number++}", source, made.narrow(0, 0, 1), driving, made.narrow(0, 1, clip.shape[0] - 1));
        }
        return meter.Score();
    }

    /// <summary>The scores by name, for logs.</summary>
    public IReadOnlyDictionary<string, double> ToScalars() => new Dictionary<string, double>
    {
        ["l1"] = L1,
        ["repeatSourceL1"] = RepeatSourceL1,
        ["movingL1"] = MovingL1,
        ["movingRepeatSourceL1"] = MovingRepeatSourceL1,
        ["movingRatio"] = MovingRatio,
        ["frozenRatio"] = FrozenRatio,
        ["agreement"] = Agreement,
        ["gain"] = Gain,
        ["psnr"] = Psnr,
    };

    private static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
