namespace Leo.Lab.Experiments.Study;

/// <summary>Whether two shares differ.</summary>
public static class FisherExact
{
    // Tables as probable as the one at hand count; the room is for rounding, as in R's fisher.test.
    private const double Slack = 1 + 1e-7;

    /// <summary>
    /// Fisher's two-sided exact test of a 2×2 table: the probability, all margins being given, of all tables that are no more probable
    /// than this one. That of a table is C(n₁, a)·C(n₂, b) / C(n₁ + n₂, a + b).
    /// </summary>
    /// <param name="first">a of n₁.</param>
    /// <param name="second">b of n₂.</param>
    /// <returns>The p-value, in (0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, above its total, or a total is 0.</exception>
    public static double TwoSided((int Count, int Of) first, (int Count, int Of) second)
    {
        foreach (var (count, of) in new[] { first, second })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        }
        int together = first.Count + second.Count;
        double all = ExactBinomial.LogChoose(first.Of + second.Of, together);
        double Probability(int a) =>
            Math.Exp(ExactBinomial.LogChoose(first.Of, a) + ExactBinomial.LogChoose(second.Of, together - a) - all);

        double here = Probability(first.Count) * Slack, sum = 0;
        for (int a = Math.Max(0, together - second.Of); a <= Math.Min(first.Of, together); a++)
        {
            if (Probability(a) is var p && p <= here)
                sum += p;
        }
        return Math.Min(1, sum);
    }
}
