using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>How well a linear probe reads the change of true pose from codes.</summary>
public sealed record PoseProbeScore
{
    /// <summary>Mean R² over the pose variables that move.</summary>
    public required double PoseR2 { get; init; }

    /// <summary>R² of each pose variable that moves, by name.</summary>
    public required IReadOnlyDictionary<string, double> R2 { get; init; }
}

/// <summary>
/// A linear probe from the motion difference <c>m = α − α₁</c> (LEO §3.2, Eq. 2) to the change of true pose since the first
/// frame. It is fitted on the people whom the animator was trained on and judged on people whom nothing has seen.
/// </summary>
public sealed class PoseProbe
{
    private readonly RidgeRegression _map;
    private readonly string[] _names;
    private readonly int[] _moving;
    private readonly double _stillness;

    private PoseProbe(RidgeRegression map, string[] names, int[] moving, double stillness) =>
        (_map, _names, _moving, _stillness) = (map, names, moving, stillness);

    /// <summary>One pixel of a 64-pixel frame, whose coordinates run from −1 to 1: what moves less cannot be seen.</summary>
    public const double OnePixel = 2.0 / 64;

    /// <summary>Fits the probe.</summary>
    /// <param name="videos">Videos of train identities with their true pose.</param>
    /// <param name="stillness">A pose variable counts as moving where the standard deviation of its change is above
    /// this, in the variable's unit, in the fitted videos and in those judged. <value>Default <see cref="OnePixel"/>.</value></param>
    /// <exception cref="ArgumentException">No video.</exception>
    public static PoseProbe Fit(IReadOnlyList<CodedVideo> videos, double stillness = OnePixel)
    {
        if (videos.Count == 0)
            throw new ArgumentException("The probe needs videos.", nameof(videos));
        using var scope = NewDisposeScope();
        var changes = cat([.. videos.Select(v => v.PoseChange())], 0);
        double[] deviation = changes.std(0, unbiased: false).ToArray<double>();
        int[] moving = [.. Enumerable.Range(0, deviation.Length).Where(i => deviation[i] > stillness)];
        var map = RidgeRegression.Fit(cat([.. videos.Select(v => v.MotionDifference())], 0), changes);
        return new PoseProbe(map, videos[0].PoseNames, moving, stillness);
    }

    /// <summary>Names of the pose variables that move in the fitted videos, in order.</summary>
    public IReadOnlyList<string> Moving => [.. _moving.Select(i => _names[i])];

    /// <summary>Judges the probe on other people's videos: R² over all their frames together.</summary>
    /// <param name="videos">Videos of held-out identities.</param>
    public PoseProbeScore Score(IReadOnlyList<CodedVideo> videos)
    {
        using var scope = NewDisposeScope();
        return Score(cat([.. videos.Select(v => v.MotionDifference())], 0), cat([.. videos.Select(v => v.PoseChange())], 0));
    }

    /// <summary>Judges the probe on motion differences of any origin against pose changes that they should show.</summary>
    /// <param name="motion">[n, 20].</param>
    /// <param name="poseChange">[n, P], all pose variables.</param>
    public PoseProbeScore Score(Tensor motion, Tensor poseChange)
    {
        using var scope = NewDisposeScope();
        double[] r2 = ProbeScores.R2(_map.Predict(motion), poseChange);
        double[] deviation = poseChange.to(ScalarType.Float64).std(0L, unbiased: false).ToArray<double>();
        var byName = _moving.Where(i => deviation[i] > _stillness && double.IsFinite(r2[i])).ToDictionary(i => _names[i], i => r2[i]);
        return new PoseProbeScore { R2 = byName, PoseR2 = byName.Count == 0 ? double.NaN : byName.Values.Average() };
    }
}
