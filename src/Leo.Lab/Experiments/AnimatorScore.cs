using Leo.Lab.Animator;
using Leo.Lab.Metrics.KeyPoints;

namespace Leo.Lab.Experiments;

/// <summary>All numbers of an animator on one set of videos. Null where something cannot be measured.</summary>
public sealed record AnimatorScore
{
    /// <summary>Videos judged.</summary>
    public required int Videos { get; init; }

    /// <summary>Reconstruction from the first frame: L1, moving region, PSNR.</summary>
    public required ReconstructionScore Reconstruction { get; init; }

    /// <summary>Mean structural similarity (<see cref="Metrics.Ssim"/>); null for frames smaller than its window.</summary>
    public double? Ssim { get; init; }

    /// <summary>The same for repeating the source.</summary>
    public double? RepeatSourceSsim { get; init; }

    /// <summary>Which network the perceptual distance is of; null where none was given.</summary>
    public string? PerceptualName { get; init; }

    /// <summary>Mean perceptual distance (<see cref="Metrics.PerceptualDistance"/>).</summary>
    public double? Perceptual { get; init; }

    /// <summary>The same for repeating the source.</summary>
    public double? RepeatSourcePerceptual { get; init; }

    /// <summary>AKD and MKR; null where nothing finds key points.</summary>
    public KeyPointScore? KeyPoints { get; init; }

    /// <summary>AED; null where nothing says who is shown.</summary>
    public IdentityScore? IdentityDistance { get; init; }

    /// <summary>Pose error of motion put on others; null without the truth of puppets.</summary>
    public PoseTransferScore? Transfer { get; init; }

    /// <summary>Share of transferred frames whose colours are nearest to the source person's; null without the truth.</summary>
    public double? IdentityKept { get; init; }

    /// <summary>Accuracy of telling people apart by the motion difference m; null without the truth.</summary>
    public double? IdentityFromMotion { get; init; }

    /// <summary>The same by α.</summary>
    public double? IdentityFromCode { get; init; }

    /// <summary>What guessing gives.</summary>
    public double? IdentityChance { get; init; }
}
