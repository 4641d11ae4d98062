namespace Leo.Lab.Animator;

/// <summary>
/// Whether a reconstructed video moves as the real one does. An error alone cannot tell: where the source is wrong, a grey compromise that stands still wins against it.
/// The measures compare changes from the first frame, (real_t − real_1) with (generated_t − generated_1), over all pixels and frames.
/// </summary>
/// <param name="Video">The video's name.</param>
/// <param name="Agreement">Cosine between the changes, −1 to 1: 1 moves alike, 0 does not. NaN where the real video stands still.</param>
/// <param name="Gain">Length of the generated changes along the real ones, over theirs: 1 is all of the motion, 0 none. NaN where the real video stands still.</param>
/// <param name="MovingRatio">Error where something moves, over that of repeating the source.</param>
/// <param name="FrozenRatio">The same for the animator's first output, frozen: what is not well below it does not owe its score to motion.</param>
public sealed record MotionAgreement(string Video, double Agreement, double Gain, double MovingRatio, double FrozenRatio)
{
    /// <summary>Agreement and gain below which a video does not move.</summary>
    public const double Least = 0.3;

    /// <summary>Whether the video moves at all as the real one does.</summary>
    public bool Moves => !(Agreement < Least || Gain < Least);
}
