namespace Leo.Lab.Experiments.Study;

/// <summary>How far raters agree beyond chance: 1 is full agreement, 0 what chance gives, below 0 less than that.</summary>
/// <remarks>An item is given by how often each category was chosen for it; who chose does not matter to either measure.</remarks>
public static class RaterAgreement
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
