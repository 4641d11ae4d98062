using static TorchSharp.torch;

namespace Leo.Lab.Diffusion;

/// <summary>
/// Draws a step in proportion to √E[L²] of its last ten losses, with a thousandth of the probability spread evenly; before every
/// step has ten losses, all alike (Nichol &amp; Dhariwal 2021, §3.3, Eq. 18). Weights 1/(T·p) keep the expected gradient.
/// </summary>
/// <param name="steps">Steps T of the process.</param>
public sealed class LossSecondMomentSampler(int steps) : StepSampler
{
    private const int Kept = 10;
    private const double Even = 0.001;

    private readonly double[] _losses = new double[steps * Kept];
    private readonly long[] _counts = new long[steps];

    /// <inheritdoc/>
    public override bool Observes => true;

    /// <summary>The probability of each step, [T].</summary>
    public double[] Probabilities()
    {
        if (_counts.Any(count => count < Kept))
        {
            return [.. Enumerable.Repeat(1.0 / steps, steps)];
        }

        double[] roots = [.. Enumerable.Range(0, steps).Select(Root)];
        double sum = roots.Sum();
        return sum > 0
            ? [.. roots.Select(root => (root / sum * (1 - Even)) + (Even / steps))]
            : [.. Enumerable.Repeat(1.0 / steps, steps)];
    }

    private double Root(int t)
    {
        double squares = 0.0;
        foreach (double loss in _losses.AsSpan(t * Kept, Kept))
        {
            squares += loss * loss;
        }

        return Math.Sqrt(squares / Kept);
    }

    /// <inheritdoc/>
    public override (Tensor Steps, Tensor? Weights) Draw(int count, Generator generator)
    {
        double[] probabilities = Probabilities();
        using var scope = NewDisposeScope();
        double[] draws = rand([count], dtype: ScalarType.Float64, generator: generator).ToArray<double>();
        double[] cumulative = new double[steps];
        double sum = 0.0;
        for (int t = 0; t < steps; t++)
        {
            cumulative[t] = sum += probabilities[t];
        }

        long[] drawn = [.. draws.Select(u => (long)Math.Min(steps - 1, Place(cumulative, u * sum)))];
        float[] weights = [.. drawn.Select(t => (float)(1 / (steps * probabilities[t])))];
        return scope.MoveToOuter(tensor(drawn), tensor(weights));
    }

    /// <inheritdoc/>
    public override void Observe(ReadOnlySpan<long> steps, ReadOnlySpan<float> losses)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            var (step, loss) = ((int)steps[i], losses[i]);
            // A loss that is no number must not poison the history: the training loop skips such a step.
            if (float.IsFinite(loss))
            {
                _losses[(step * Kept) + (int)(_counts[step]++ % Kept)] = loss;
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Save() => new Dictionary<string, Tensor>
    {
        ["steps.losses"] = tensor(_losses, [steps, Kept]),
        ["steps.counts"] = tensor(_counts),
    };

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        state["steps.losses"].ToArray<double>().CopyTo(_losses, 0);
        state["steps.counts"].ToArray<long>().CopyTo(_counts, 0);
    }

    // The first place whose cumulative probability exceeds the draw.
    private static int Place(double[] cumulative, double draw)
    {
        int found = Array.BinarySearch(cumulative, draw);
        return found < 0 ? ~found : found + 1;
    }
}
