namespace Leo.Lab.Animator;

/// <summary>What a driving video's motion codes are taken to mean.</summary>
public enum AnimationMode
{
    /// <summary>Poses: the source takes the driver's (α).</summary>
    Absolute,

    /// <summary>Motion since the driver's first frame, added to the source's own pose (α_s + α − α_start; LIA §4.3).</summary>
    Relative,
}
