namespace Leo.Lab.Experiments;

/// <summary>How near generated frames come to the real ones, beside what doing nothing would give.</summary>
public sealed record ReconstructionResult
{
    /// <summary>Mean absolute error, frames in [-1, 1].</summary>
    public required double L1 { get; init; }

    /// <summary>The same for repeating the source frame: the baseline that moves nothing.</summary>
    public required double RepeatSourceL1 { get; init; }

    /// <summary>Mean absolute error over the moving region alone (see <see cref="ReconstructionMeter"/>).</summary>
    public required double MovingL1 { get; init; }

    /// <summary>The baseline over the moving region alone.</summary>
    public required double MovingRepeatSourceL1 { get; init; }

    /// <summary>Mean over frames of the peak signal-to-noise ratio in dB, data range 2.</summary>
    public required double Psnr { get; init; }

    /// <summary>Share of all pixels that move.</summary>
    public required double MovingShare { get; init; }

    /// <summary>Number of frames judged.</summary>
    public required long Frames { get; init; }

    /// <summary><see cref="MovingL1"/> over <see cref="MovingRepeatSourceL1"/>: 1 moves nothing, 0 is perfect.</summary>
    public double MovingRatio => MovingL1 / MovingRepeatSourceL1;
}
