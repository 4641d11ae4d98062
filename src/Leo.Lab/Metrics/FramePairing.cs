namespace Leo.Lab.Metrics;

/// <summary>Which frames of a video are compared for its content distance.</summary>
public enum FramePairing
{
    /// <summary>Every frame with every other: the paper's "average pairwise L2 distance" (LEO §4).</summary>
    All,

    /// <summary>Every frame with the next: small wherever the change is slow, however far it leads.</summary>
    Consecutive,
}
