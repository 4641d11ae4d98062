using Leo.Lab.Experiments.Study;

namespace Leo.Lab.Tests.Experiments.Study;

public sealed class RaterAgreementTests
{
    private static readonly int[][] TwoCategories = [[5, 0], [4, 1], [3, 2], [0, 5], [1, 4], [5, 0]];

    // Fleiss 1971, the table of 14 raters, 10 subjects and 5 categories that textbooks repeat: κ = 0.210.
    private static readonly int[][] Textbook =
    [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ];

    // Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C: four observers, twelve units, missing data; α = 0.743.
    // Counts of the values 1 to 5 in each unit.
    private static readonly int[][] WithMissing =
    [
        [3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0], [0, 4, 0, 0, 0], [1, 1, 1, 1, 0],
        [0, 0, 0, 4, 0], [3, 1, 0, 0, 0], [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0],
    ];

    [Fact]
    public void FleissKappa_EqualsStatsmodels()                          // statsmodels 0.13.5: fleiss_kappa(table)
    {
        Assert.Equal(0.20993070442195522, RaterAgreement.FleissKappa(Textbook)!.Value, 1e-12);
        Assert.Equal(0.5138888888888887, RaterAgreement.FleissKappa(TwoCategories)!.Value, 1e-12);
    }

    [Fact]
    public void KrippendorffAlpha_MissingRatings_EqualsItsAuthors() =>
        Assert.Equal(0.7434210526315789, RaterAgreement.KrippendorffAlpha(WithMissing)!.Value, 1e-12);

    // By the coincidence matrix o: 1 − (1 − Σ o_cc / n) / (1 − Σ n_c (n_c − 1) / (n (n − 1))).
    [Fact]
    public void KrippendorffAlpha_EqualsTheCoincidenceMatrixs()
    {
        Assert.Equal(0.5300925925925927, RaterAgreement.KrippendorffAlpha(TwoCategories)!.Value, 1e-12);
        Assert.Equal(0.2857142857142857, RaterAgreement.KrippendorffAlpha([[2, 1], [0, 1], [0, 2], [1, 1], [4, 0]])!.Value, 1e-12);
    }

    [Fact]
    public void Agreement_OfUnanimousRaters_IsOne()
    {
        int[][] unanimous = [[4, 0], [0, 4], [4, 0]];
        Assert.Equal(1, RaterAgreement.FleissKappa(unanimous)!.Value, 1e-12);
        Assert.Equal(1, RaterAgreement.KrippendorffAlpha(unanimous)!.Value, 1e-12);
    }

    [Fact]
    public void Agreement_WhereNotDefined_IsNull()
    {
        Assert.Null(RaterAgreement.FleissKappa([]));
        Assert.Null(RaterAgreement.FleissKappa([[1, 0], [0, 1]]));
        Assert.Null(RaterAgreement.FleissKappa([[2, 1], [2, 0]]));
        Assert.Null(RaterAgreement.FleissKappa([[3, 0], [3, 0]]));
        Assert.Null(RaterAgreement.KrippendorffAlpha([[1, 0], [0, 1], [0, 0]]));
        Assert.Null(RaterAgreement.KrippendorffAlpha([[3, 0], [2, 0]]));
    }
}
