namespace Leo.Lab.Experiments;

/// <summary>What can be read linearly from motion codes of people whom nothing has seen. Null where the truth is not known.</summary>
public sealed record MotionCodeScore
{
    /// <summary>R² of the change of true pose, probed from <c>m = α − α₁</c>; mean over the pose variables that move.</summary>
    public double? PoseR2 { get; init; }

    /// <summary>R² of each pose variable that moves.</summary>
    public IReadOnlyDictionary<string, double>? PoseR2ByVariable { get; init; }

    /// <summary>Accuracy of telling people apart by m, across different videos of the same person.</summary>
    public double? IdentityAccuracy { get; init; }

    /// <summary>The same by α itself, which carries an offset of the person.</summary>
    public double? IdentityAccuracyAlpha { get; init; }

    /// <summary>What guessing gives: one over the number of people.</summary>
    public double? IdentityChance { get; init; }

    /// <summary>People told apart.</summary>
    public int? Identities { get; init; }

    /// <summary>Scores codes whose truth is known.</summary>
    /// <param name="fitted">Videos that the pose probe is fitted on.</param>
    /// <param name="heldOut">Videos of other people, at least two of each.</param>
    /// <param name="probe">The fitted pose probe, for further use.</param>
    public static MotionCodeScore Of(IReadOnlyList<CodedVideo> fitted, IReadOnlyList<CodedVideo> heldOut, out PoseProbe probe)
    {
        probe = PoseProbe.Fit(fitted);
        var pose = probe.Score(heldOut);
        var (byMotion, people) = IdentityProbe.Score(heldOut, v => v.MotionDifference());
        var (byCode, _) = IdentityProbe.Score(heldOut, v => v.Codes());
        return new MotionCodeScore
        {
            PoseR2 = pose.PoseR2,
            PoseR2ByVariable = pose.R2,
            IdentityAccuracy = byMotion,
            IdentityAccuracyAlpha = byCode,
            IdentityChance = people > 0 ? 1.0 / people : null,
            Identities = people,
        };
    }
}
