namespace Leo.Lab.Experiments.Study;

/// <summary>Exact statements about a share: no normal approximation, so that they hold for 0 of 10 as for 5000 of 9600.</summary>
public static class ExactBinomial
{
    // Halving [0, 1] this often leaves less than doubles can tell apart at a share of one in a billion.
    private const int Halvings = 90;

    /// <summary>
    /// The interval of Clopper and Pearson (1934): the shares p that a two-sided test at 1 − <paramref name="confidence"/> does not refuse.
    /// Its ends solve P(X ≥ k | p) = (1 − confidence)/2 and P(X ≤ k | p) = (1 − confidence)/2 with X binomial.
    /// </summary>
    /// <param name="successes">k, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="confidence">Between 0 and 1. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public static Interval ClopperPearson(int successes, int trials, double confidence = 0.95)
    {
        Check(successes, trials);
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
        double tail = (1 - confidence) / 2, choices = LogChoose(trials, successes);
        return new Interval(
            successes == 0 ? 0 : Solve(p => AtLeast(successes, trials, p, choices) < tail),
            successes == trials ? 1 : Solve(p => AtMost(successes, trials, p, choices) > tail));
    }

    /// <summary>
    /// The two-sided exact test against chance: how probable a result at least as far from n/2 is where p = ½. The distribution is then
    /// symmetric, so this is min(1, 2·P(X ≤ min(k, n − k))).
    /// </summary>
    /// <param name="successes">k, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n, at least 1.</param>
    /// <returns>The p-value, in (0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public static double TwoSidedTest(int successes, int trials)
    {
        Check(successes, trials);
        int least = Math.Min(successes, trials - successes);
        return Math.Min(1, 2 * AtMost(least, trials, 0.5, LogChoose(trials, least)));
    }

    /// <summary>ln(n choose k), as a sum of logarithms.</summary>
    internal static double LogChoose(int n, int k)
    {
        k = Math.Min(k, n - k);
        double sum = 0, lost = 0;
        for (int i = 1; i <= k; i++)
        {
            // Kahan's summation: thousands of terms, and the result is exponentiated.
            double term = Math.Log((double)(n - k + i) / i) - lost, next = sum + term;
            lost = next - sum - term;
            sum = next;
        }
        return sum;
    }

    private static double AtMost(int k, int n, double p, double choices) =>
        k > n * p ? 1 - LowerTail(n - k - 1, n, 1 - p, choices + Math.Log((double)(n - k) / (k + 1))) : LowerTail(k, n, p, choices);

    private static double AtLeast(int k, int n, double p, double choices) => AtMost(n - k, n, 1 - p, choices);

    // From the largest term downwards; only for k up to the mean, where that term is not lost to underflow while the sum is not.
    private static double LowerTail(int k, int n, double p, double choices)
    {
        if (k < 0 || p == 1)
            return k == n ? 1 : 0;
        if (p == 0)
            return 1;
        double term = Math.Exp(choices + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p))), sum = term;
        for (int i = k; i > 0 && term > 0; i--)
            sum += term *= i * (1 - p) / ((n - i + 1) * p);
        return sum;
    }

    private static double Solve(Func<double, bool> isBelow)
    {
        double low = 0, high = 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (isBelow(middle)) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static void Check(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
    }
}

/// <summary>A confidence interval of a share.</summary>
/// <param name="Low">Lower end, 0 … 1.</param>
/// <param name="High">Upper end, 0 … 1.</param>
public readonly record struct Interval(double Low, double High);

/// <summary>Whether two shares differ.</summary>
internal static class FisherExact
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

/// <summary>How far raters agree beyond chance: 1 is full agreement, 0 what chance gives, below 0 less than that.</summary>
/// <remarks>An item is given by how often each category was chosen for it; who chose does not matter to either measure.</remarks>
internal static class RaterAgreement
{
    /// <summary>
    /// Fleiss' kappa (1971): (P̄ − P̄ₑ) / (1 − P̄ₑ), where P̄ is the mean over items of the share of pairs of raters who agree,
    /// and P̄ₑ the sum of the squared shares of the categories.
    /// </summary>
    /// <param name="items">Counts of the categories, an item a row; all rows of one length.</param>
    /// <returns>
    /// Null where it is not defined: no item, items with different numbers of ratings (some are missing), fewer than two raters,
    /// or all ratings in one category.
    /// </returns>
    public static double? FleissKappa(IReadOnlyList<IReadOnlyList<int>> items)
    {
        if (items.Count == 0)
            return null;
        int raters = items[0].Sum();
        if (raters < 2 || items.Any(i => i.Sum() != raters))
            return null;
        double all = (double)items.Count * raters;
        double agreed = items.Average(i => i.Sum(c => (double)c * (c - 1)) / ((double)raters * (raters - 1)));
        double chance = Totals(items).Sum(c => c / all * (c / all));
        return chance < 1 ? (agreed - chance) / (1 - chance) : null;
    }

    /// <summary>
    /// Krippendorff's alpha for categories (2011, nominal metric): 1 − Dₒ/Dₑ. Dₒ is the share of unequal pairs of ratings within
    /// items, each item weighing as its number of ratings m, i.e. each of its pairs 1/(m − 1); Dₑ is that share among all pairs of ratings.
    /// Items with one rating or none do not count, so ratings may be missing anywhere.
    /// </summary>
    /// <param name="items">Counts of the categories, an item a row; all rows of one length.</param>
    /// <returns>Null where it is not defined: no item with two ratings, or all ratings in one category.</returns>
    public static double? KrippendorffAlpha(IReadOnlyList<IReadOnlyList<int>> items)
    {
        var paired = items.Where(i => i.Sum() > 1).ToList();
        if (paired.Count == 0)
            return null;
        double[] totals = Totals(paired);
        double all = totals.Sum();
        double observed = paired.Sum(i => i.Sum(c => (double)c * (i.Sum() - c)) / (i.Sum() - 1)) / all;
        double expected = totals.Sum(c => c * (all - c)) / (all * (all - 1));
        return expected > 0 ? 1 - (observed / expected) : null;
    }

    private static double[] Totals(IReadOnlyList<IReadOnlyList<int>> items) =>
        [.. Enumerable.Range(0, items[0].Count).Select(c => (double)items.Sum(i => i[c]))];
}
