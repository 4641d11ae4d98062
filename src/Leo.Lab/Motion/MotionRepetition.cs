using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// Whether a motion repeats itself, the question that the paper asked people about long videos (LEO Table 5: "Does the clip contain
/// repeated motion?"), as a computation on motion codes.
/// </summary>
/// <remarks>
/// Two stretches of <see cref="Window"/> frames x, y that do not overlap are compared after each has lost its own mean, so that the same
/// movement somewhere else in the frame is the same: similarity 2·Σ⟨x, y⟩ / (Σ|x|² + Σ|y|²), 1 for equal ones, at most 1 (Lin's
/// concordance of the two). Stretches that hardly move, with a mean square below <see cref="Still"/>, do not count: standing still twice
/// is no repetition. A motion repeats itself where some similarity reaches <see cref="Threshold"/>. The three numbers were settled on
/// puppet bodies, whose truth is known: of 24 performances of one pattern, 512 frames each, 23 repeat themselves by this definition,
/// of 24 improvised ones none.
/// </remarks>
/// <param name="Nearest">The highest similarity of two stretches, −1 to 1; −1 where there are no two stretches that move.</param>
/// <param name="Share">Share of the stretches that move which come again, before or after.</param>
public readonly record struct MotionRepetition(double Nearest, double Share)
{
    /// <summary>Frames of a stretch: a sequence of the motion model, 2.6 s at 25 frames a second.</summary>
    public const int Window = 64;

    /// <summary>From which similarity on a stretch counts as the same.</summary>
    public const double Threshold = 0.9;

    /// <summary>Below which mean square a dimension, in units of the scale, a stretch counts as still.</summary>
    public const double Still = 0.05;

    /// <summary>Whether something comes again.</summary>
    public bool Repeats => Nearest >= Threshold;

    /// <summary>Looks for repetition in one video. Memory grows with the square of its length: 1 GB for 6,000 frames.</summary>
    /// <param name="codes">[T, D].</param>
    /// <param name="scale">Scale of each dimension, the standard deviation of real codes.</param>
    /// <exception cref="ArgumentException">Fewer than two stretches of frames.</exception>
    public static MotionRepetition Of(Tensor codes, IReadOnlyList<float> scale)
    {
        if (codes.dim() != 2 || codes.shape[0] < 2 * Window || codes.shape[1] != scale.Count)
            throw new ArgumentException($"Expected codes [T ≥ {2 * Window}, {scale.Count}], found [{string.Join(", ", codes.shape)}].", nameof(codes));
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var a = codes.detach().cpu().to(ScalarType.Float64) / tensor(scale.ToArray()).to(ScalarType.Float64);
        long count = a.shape[0] - Window + 1;
        var products = a.mm(a.t());
        var inner = zeros(count, count, dtype: ScalarType.Float64);                          // ⟨x, y⟩ of all stretches, means included
        var mean = zeros(count, a.shape[1], dtype: ScalarType.Float64);
        for (long frame = 0L; frame < Window; frame++)
        {
            inner.add_(products.narrow(0, frame, count).narrow(1, frame, count));
            mean.add_(a.narrow(0, frame, count) / Window);
        }

        inner.sub_(mean.mm(mean.t()) * Window);
        var energy = inner.diagonal();
        var similarity = inner * 2 / (energy.unsqueeze(0) + energy.unsqueeze(1)).clamp(1e-12);
        var moving = energy.gt(Still * Window * a.shape[1]);
        var at = arange(count, dtype: ScalarType.Int64);
        var apart = (at.unsqueeze(0) - at.unsqueeze(1)).abs().ge(Window);
        var compared = apart.logical_and(moving.unsqueeze(0)).logical_and(moving.unsqueeze(1));
        var nearest = where(compared, similarity, full_like(similarity, -1)).amax([1]);
        double moves = moving.to(ScalarType.Float64).sum().item<double>();
        double again = nearest.ge(Threshold).to(ScalarType.Float64).sum().item<double>();
        return new MotionRepetition(nearest.max().item<double>(), moves > 0 ? again / moves : 0);
    }
}
