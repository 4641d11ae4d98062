using Leo.Lab.Motion;

namespace Leo.Lab.Experiments;

/// <summary>What <see cref="MotionEvaluation"/> finds. All codes are in units of the real ones' standard deviation.</summary>
public sealed record MotionScore
{
    /// <summary>Sampled videos.</summary>
    public required int Videos { get; init; }

    /// <summary>Frames of each.</summary>
    public required int Frames { get; init; }

    /// <summary>How they were sampled.</summary>
    public required string Sampler { get; init; }

    /// <summary>Whether the model has the Linear Motion Condition.</summary>
    public required bool LinearMotionCondition { get; init; }

    /// <summary>Where first codes came from: <c>p(α)</c>, <c>real videos</c>, or <c>the model</c> itself without the condition.</summary>
    public required string FirstCodes { get; init; }

    /// <summary>Real sequences, of the model's length, that it is held against.</summary>
    public required int RealSequences { get; init; }

    /// <summary>
    /// Fréchet distance of the codes at eight evenly spaced frames of the first sequence, 8·D numbers, to real ones: whether the poses and
    /// their succession are those of the data.
    /// </summary>
    public required double Frechet { get; init; }

    /// <summary>The same between the two halves of the real sequences, other videos in each: what no model can be expected to undercut.</summary>
    public required double FrechetReal { get; init; }

    /// <summary>Sampled over real, best at 1: <c>speed</c>, <c>acceleration</c> (smoothness: above 1 it jitters), <c>travel</c>, <c>std</c>; <c>speedDistance</c>, best at 0.</summary>
    public required IReadOnlyDictionary<string, double> Motion { get; init; }

    /// <summary><see cref="CodeMoments.MeanError"/>.</summary>
    public required double MeanError { get; init; }

    /// <summary><see cref="CodeMoments.CovarianceError"/>.</summary>
    public required double CovarianceError { get; init; }

    /// <summary><see cref="CodeMoments.Autocorrelation"/> at <see cref="CodeMoments.Lags"/>.</summary>
    public required IReadOnlyList<double> Autocorrelation { get; init; }

    /// <summary>The same of real sequences.</summary>
    public required IReadOnlyList<double> AutocorrelationReal { get; init; }

    /// <summary><see cref="MotionDiversity"/> of sequences that share α₁, over that of real sequences; null without the condition.</summary>
    public double? Diversity { get; init; }

    /// <summary>What happens at the joins of sequences; null where there are none.</summary>
    public MotionJoins? Joins { get; init; }

    /// <summary>Share of the videos whose motion repeats itself (<see cref="MotionRepetition"/>); null where they are too short.</summary>
    public double? RepeatedMotion { get; init; }

    /// <summary>Mean share of a video's stretches that come again; null where they are too short.</summary>
    public double? RepeatedShare { get; init; }

    /// <summary><see cref="RepeatedMotion"/> of the real videos, cut to as many frames; null unless all have as many.</summary>
    public double? RepeatedMotionReal { get; init; }

    /// <summary>For each sequence after the other, how the codes' distribution drifts from the first one's. Empty where there is one sequence.</summary>
    public required IReadOnlyList<CodeDrift> Drift { get; init; }
}
