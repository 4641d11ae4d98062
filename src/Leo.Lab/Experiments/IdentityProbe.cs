using static TorchSharp.torch;

namespace Leo.Lab.Experiments;

/// <summary>
/// How much of who is shown can be read linearly from a motion code. A code of motion alone gives no better than chance.
/// </summary>
/// <remarks>
/// A linear classifier (ridge regression to one-hot labels) is fitted on one video of each person and judged on <i>another</i>
/// video of the same person, so that it cannot win by recognising the poses of the video that it saw.
/// </remarks>
public static class IdentityProbe
{
    /// <summary>Accuracy over all frames of the second videos.</summary>
    /// <param name="videos">Any number of videos; people with a single one are left out.</param>
    /// <param name="features">What is probed: m or α, [n, d] of a video.</param>
    /// <returns>Accuracy, and the number of people told apart: chance is one over it.</returns>
    public static (double Accuracy, int Identities) Score(IReadOnlyList<CodedVideo> videos, Func<CodedVideo, Tensor> features)
    {
        var people = videos.GroupBy(v => v.Identity).Where(g => g.Count() >= 2).OrderBy(g => g.Key).Select(g => g.ToArray()).ToArray();
        if (people.Length < 2)
            return (double.NaN, people.Length);

        using var scope = NewDisposeScope();
        var map = RidgeRegression.Fit(
            cat([.. people.Select(p => features(p[0]))], 0),
            cat([.. people.Select((p, i) => OneHot(i, p[0].Length, people.Length))], 0), lambda: 1e-2);
        var scores = map.Predict(cat([.. people.Select(p => features(p[1]))], 0));
        int[] labels = [.. people.SelectMany((p, i) => Enumerable.Repeat(i, p[1].Length))];
        return (ProbeScores.Accuracy(scores, labels), people.Length);
    }

    private static Tensor OneHot(int label, int rows, int classes)
    {
        double[,] values = new double[rows, classes];
        for (int i = 0; i < rows; i++)
            values[i, label] = 1;
        return tensor(values);
    }
}
