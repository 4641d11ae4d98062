using System.Numerics;
using Leo.Lab.Data.Puppets;

namespace Leo.Lab.Experiments;

/// <summary>
/// Reads a puppet's pose from a frame by painting it: the pose whose picture is nearest to the frame (analysis by synthesis).
/// The painter is the truth itself, so nothing is learnt and nothing of the animator enters.
/// </summary>
/// <remarks>
/// Levenberg–Marquardt on the squared difference of the pixels, with differences for derivatives; first on pictures reduced to a
/// quarter and a half, where far poses still overlap, then on whole ones. Of several starts the best fit counts.
/// </remarks>
/// <param name="actor">The person shown; its size is the frame's.</param>
public sealed class PoseFit(PuppetActor actor)
{
    private static readonly (int Pool, int Iterations, float Step)[] Stages = [(4, 8, 0.12f), (2, 6, 0.06f), (1, 6, 0.03f)];

    /// <summary>Finds the pose.</summary>
    /// <param name="frame">Size·Size·3 values in [0, 1], row by row.</param>
    /// <param name="starts">Poses to start from, at least one.</param>
    /// <returns>The best pose, and its mean squared difference from the frame.</returns>
    public (float[] Pose, double Error) Fit(float[] frame, params IReadOnlyList<float[]> starts)
    {
        (float[] Pose, double Error) best = ([], double.PositiveInfinity);
        foreach (float[] start in starts)
        {
            float[] pose = actor.Possible(start);
            foreach (var (pool, iterations, step) in Stages)
                pose = Descend(Pooled(frame, pool), pose, pool, iterations, step);
            double error = Squared(Difference(frame, pose, 1)) / frame.Length;
            if (error < best.Error)
                best = (pose, error);
        }
        return best;
    }

    private float[] Descend(float[] target, float[] pose, int pool, int iterations, float step)
    {
        int n = pose.Length;
        double damping = 1e-2;
        float[] wrong = Difference(target, pose, pool);
        double error = Squared(wrong);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            float[][] slopes = Enumerable.Range(0, n).Select(i => Slope(target, pose, wrong, i, step, pool)).ToArray();
            double[,] gram = new double[n, n];
            double[] right = new double[n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                    gram[i, j] = gram[j, i] = Dot(slopes[i], slopes[j]);
                right[i] = -Dot(slopes[i], wrong);
            }

            bool better = false;
            for (int attempt = 0; attempt < 5 && !better; attempt++)
            {
                double[] move = Solve(gram, right, damping);
                float[] next = actor.Possible([.. pose.Select((p, i) => p + (float)(move[i] * actor.Spans[i]))]);
                float[] nextWrong = Difference(target, next, pool);
                double nextError = Squared(nextWrong);
                better = nextError < error;
                damping = better ? Math.Max(damping / 4, 1e-5) : damping * 6;
                if (better)
                {
                    bool done = error - nextError < 1e-4 * error;
                    (pose, wrong, error) = (next, nextWrong, nextError);
                    if (done) return pose;
                }
            }
            if (!better) return pose;
        }
        return pose;
    }

    // In units of the variable's span; away from the end where it stands at one.
    private float[] Slope(float[] target, float[] pose, float[] wrong, int i, float step, int pool)
    {
        float[] moved = [.. pose];
        moved[i] += step * actor.Spans[i];
        float sign = 1;
        if (actor.Possible(moved)[i] != moved[i])
        {
            moved[i] = pose[i] - (step * actor.Spans[i]);
            sign = -1;
        }
        float[] slope = Difference(target, moved, pool);
        for (int k = 0; k < slope.Length; k++)
            slope[k] = sign * (slope[k] - wrong[k]) / step;
        return slope;
    }

    private float[] Difference(float[] target, float[] pose, int pool)
    {
        float[] picture = Pooled(actor.Paint(pose), pool);
        for (int i = 0; i < picture.Length; i++)
            picture[i] -= target[i];
        return picture;
    }

    private float[] Pooled(ReadOnlySpan<float> picture, int pool)
    {
        if (pool == 1)
            return picture.ToArray();
        int side = actor.Size / pool;
        float[] small = new float[side * side * 3];
        for (int y = 0; y < side * pool; y++)
        {
            for (int x = 0; x < side * pool; x++)
            {
                for (int c = 0; c < 3; c++)
                    small[((((y / pool) * side) + (x / pool)) * 3) + c] += picture[(((y * actor.Size) + x) * 3) + c] / (pool * pool);
            }
        }
        return small;
    }

    private static double Squared(float[] values) => Dot(values, values);

    private static double Dot(float[] a, float[] b)
    {
        var sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += new Vector<float>(a, i) * new Vector<float>(b, i);
        double total = Vector.Sum(sum);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }

    // (G + damping · diag G) x = r by Cholesky; a variable that changes nothing stays where it is.
    private static double[] Solve(double[,] gram, double[] right, double damping)
    {
        int n = right.Length;
        double[,] l = new double[n, n];
        double[] x = [.. right];
        double floor = 1e-9 * Enumerable.Range(0, n).Max(i => gram[i, i]) + 1e-12;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? (gram[i, i] * (1 + damping)) + floor : gram[i, j];
                for (int k = 0; k < j; k++)
                    sum -= l[i, k] * l[j, k];
                l[i, j] = i == j ? Math.Sqrt(Math.Max(sum, floor)) : sum / l[j, j];
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
                x[i] -= l[i, k] * x[k];
            x[i] /= l[i, i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
                x[i] -= l[k, i] * x[k];
            x[i] /= l[i, i];
        }
        return x;
    }
}
