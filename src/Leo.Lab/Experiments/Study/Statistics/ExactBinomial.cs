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
