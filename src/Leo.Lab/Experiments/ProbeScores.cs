using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>How good a prediction is.</summary>
public static class ProbeScores
{
    /// <summary>Coefficient of determination of each column: <c>1 − Σ(y − ŷ)² / Σ(y − ȳ)²</c>. 1 is perfect, 0 as good as the mean.</summary>
    /// <param name="predicted">[n, p].</param>
    /// <param name="actual">[n, p].</param>
    /// <returns>One value a column; NaN where the column is constant.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double[] R2(Tensor predicted, Tensor actual)
    {
        if (predicted.dim() != 2 || !predicted.shape.SequenceEqual(actual.shape))
            throw new ArgumentException($"Predicted [{string.Join(", ", predicted.shape)}] and actual [{string.Join(", ", actual.shape)}] differ.");
        using var scope = NewDisposeScope();
        var y = actual.to(ScalarType.Float64);
        var wrong = y - predicted.to(ScalarType.Float64);
        var spread = y - y.mean([0L], keepdim: true);
        double[] residual = (wrong * wrong).sum(0L).ToArray<double>();
        double[] total = (spread * spread).sum(0L).ToArray<double>();
        return [.. residual.Zip(total, (r, t) => t > 1e-18 ? 1 - r / t : double.NaN)];
    }

    /// <summary>Share of rows whose largest score is at the right place.</summary>
    /// <param name="scores">[n, classes].</param>
    /// <param name="labels">n class numbers.</param>
    public static double Accuracy(Tensor scores, IReadOnlyList<int> labels)
    {
        if (scores.dim() != 2 || scores.shape[0] != labels.Count)
            throw new ArgumentException($"Scores [{string.Join(", ", scores.shape)}] for {labels.Count} labels.");
        using var scope = NewDisposeScope();
        long[] best = scores.argmax(1).ToArray<long>();
        return best.Zip(labels, (b, l) => b == l ? 1.0 : 0.0).Average();
    }
}
