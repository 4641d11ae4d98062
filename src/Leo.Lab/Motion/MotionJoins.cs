using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>
/// What happens where one generated sequence goes over into the next. The sequences share a code, so the motion cannot break off; but it
/// can jerk or rest there.
/// </summary>
/// <param name="Count">Joins looked at.</param>
/// <param name="Jump">Mean change of the code from the shared frame to the one after, over the mean change everywhere: 1 is as ever.</param>
/// <param name="Around">The same over the three frame steps before and after it, below 1 where motion rests.</param>
/// <param name="Jerk">Mean change of velocity at the shared frame, over that everywhere.</param>
public sealed record MotionJoins(int Count, double Jump, double Around, double Jerk)
{
    private const int Near = 3;

    /// <summary>Measures long motion.</summary>
    /// <param name="codes">[B, T, D].</param>
    /// <param name="length">Frames of a sequence; the next begins with its last code.</param>
    /// <param name="scale">Scale of each dimension.</param>
    /// <param name="history">Codes that the next sequence shares with the one before (<see cref="MotionSettings.History"/>); the join is the last of them.</param>
    /// <returns>Null where the motion is too short to have a join.</returns>
    public static MotionJoins? Of(Tensor codes, int length, IReadOnlyList<float> scale, int history = 1)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var a = codes.detach().cpu().to(ScalarType.Float64) / tensor(scale.ToArray()).to(ScalarType.Float64);
        long frames = a.shape[1];
        long[] shared = [.. Shared().TakeWhile(frame => frame + Near < frames)];
        if (shared.Length == 0 || length <= Near) return null;

        var velocity = a.narrow(1, 1, frames - 1) - a.narrow(1, 0, frames - 1);              // step t leads from frame t to t + 1
        double[] speeds = Norms(velocity);
        double[] accelerations = Norms(velocity.narrow(1, 1, frames - 2) - velocity.narrow(1, 0, frames - 2)); // t: of frame t + 1
        double ordinary = Math.Max(speeds.Average(), 1e-12);
        return new MotionJoins(shared.Length * (int)a.shape[0],
            Mean(shared, speeds) / ordinary,
            Mean([.. shared.SelectMany(frame => Enumerable.Range(-Near, 2 * Near).Select(k => frame + k))], speeds) / ordinary,
            Mean([.. shared.Select(frame => frame - 1)], accelerations) / Math.Max(accelerations.Average(), 1e-12));

        IEnumerable<long> Shared()
        {
            for (long frame = length - 1; ; frame += length - history) yield return frame;
        }
    }

    private static double[] Norms(Tensor differences) => differences.square().sum(2).sqrt().mean([0L]).ToArray<double>();

    private static double Mean(long[] at, double[] values) => at.Average(t => values[t]);
}
