namespace Leo.Lab.Experiments.Study;

/// <summary>A share of ratings, with how sure it is.</summary>
/// <param name="Count">Ratings that preferred the first method (or the left clip), or that said yes.</param>
/// <param name="Ratings">All ratings.</param>
/// <param name="Rate"><paramref name="Count"/> over <paramref name="Ratings"/>, 0 … 1; null without ratings.</param>
/// <param name="Interval">Clopper and Pearson's 95 % interval of the rate; null without ratings.</param>
public sealed record StudyShare(int Count, int Ratings, double? Rate, Interval? Interval)
{
    /// <summary>The share of <paramref name="count"/> in <paramref name="ratings"/>, which may be 0.</summary>
    public static StudyShare Of(int count, int ratings) => ratings > 0
        ? new(count, ratings, (double)count / ratings, ExactBinomial.ClopperPearson(count, ratings))
        : new(count, ratings, null, null);
}
