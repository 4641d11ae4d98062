using Leo.Lab.Animator;

namespace Leo.Lab.Experiments;

/// <summary>The numbers of one kind of video (faces, bodies, or a user's own).</summary>
public sealed record SubjectReport
{
    /// <summary>Reconstruction of held-out videos from their first frame.</summary>
    public required ReconstructionScore Reconstruction { get; init; }

    /// <summary>What the motion code knows.</summary>
    public required MotionCodeScore MotionCode { get; init; }

    /// <summary>Motion put on other people.</summary>
    public required TransferScore Transfer { get; init; }

    /// <summary>Sampled videos.</summary>
    public required SampleScore Samples { get; init; }

    /// <summary>The long sampled video.</summary>
    public required LongVideoScore LongVideo { get; init; }

    /// <summary>As long a video whose motion leaves its pattern now and then; null where there is no Transition DM.</summary>
    public LongVideoScore? LongVideoWithTransitions { get; init; }

    /// <summary>The perceptual term that the animator was trained with, in words, as its checkpoint says.</summary>
    /// <value>not recorded</value>
    public string PerceptualTerm { get; init; } = AnimatorProvenance.NotRecorded;

    /// <summary>Held-out videos judged.</summary>
    public required int HeldOutVideos { get; init; }
}
