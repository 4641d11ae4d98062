using Leo.Lab.Experiments.Study;

namespace Leo.Lab.Tests.Experiments.Study;

public sealed class ExactBinomialTests
{
    // scipy 1.10.1: r = binomtest(k, n); r.proportion_ci(0.95, 'exact'), r.pvalue
    [Theory]
    [InlineData(0, 10, 0.0, 0.30849710781876294, 0.001953125)]
    [InlineData(10, 10, 0.6915028921812371, 1.0, 0.001953125)]
    [InlineData(7, 10, 0.3475471499399921, 0.9332604888222655, 0.34375)]
    [InlineData(1, 3, 0.008403758659612647, 0.9057006759492866, 1.0)]
    [InlineData(0, 1, 0.0, 0.975, 1.0)]
    [InlineData(93, 100, 0.8610802715441336, 0.9713947110925815, 2.726143732806038e-20)]
    [InlineData(123, 400, 0.26259873542613577, 0.35527711402516093, 9.41587279644451e-15)]
    [InlineData(274, 300, 0.8755926371348143, 0.9426051674529491, 2.23917814169759e-53)]
    [InlineData(5000, 9600, 0.5107829875891179, 0.5308710322262472, 4.6445742334449804e-05)]
    public void IntervalAndTest_EqualScipys(int k, int n, double low, double high, double p)
    {
        var interval = ExactBinomial.ClopperPearson(k, n);
        Assert.Equal(low, interval.Low, 1e-10);
        Assert.Equal(high, interval.High, 1e-10);
        Assert.Equal(1, ExactBinomial.TwoSidedTest(k, n) / p, 1e-9);
    }

    [Fact]
    public void Interval_OfHigherConfidence_IsWider()
    {
        var interval = ExactBinomial.ClopperPearson(7, 10, 0.99);     // scipy: binomtest(7, 10).proportion_ci(0.99, 'exact')
        Assert.Equal(0.26488601471286927, interval.Low, 1e-10);
        Assert.Equal(0.9629927789037926, interval.High, 1e-10);
    }

    [Fact]
    public void IntervalAndTest_AreSymmetric()
    {
        for (int k = 0; k <= 23; k++)
        {
            var (one, other) = (ExactBinomial.ClopperPearson(k, 23), ExactBinomial.ClopperPearson(23 - k, 23));
            Assert.Equal(one.Low, 1 - other.High, 1e-12);
            Assert.Equal(ExactBinomial.TwoSidedTest(k, 23), ExactBinomial.TwoSidedTest(23 - k, 23));
            Assert.InRange((double)k / 23, one.Low, one.High);
        }
    }

    [Fact]
    public void Counts_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactBinomial.ClopperPearson(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactBinomial.ClopperPearson(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactBinomial.TwoSidedTest(-1, 2));
    }

    // scipy 1.10.1: fisher_exact([[a, n1 - a], [b, n2 - b]])[1]
    [Theory]
    [InlineData(3, 4, 1, 4, 0.48571428571428565)]
    [InlineData(45, 100, 2, 100, 4.100282196094409e-14)]
    [InlineData(8, 10, 1, 6, 0.034965034965034975)]
    [InlineData(0, 10, 0, 10, 1.0)]
    [InlineData(120, 400, 90, 400, 0.019668324359844575)]
    public void Fisher_EqualsScipys(int a, int n1, int b, int n2, double p)
    {
        Assert.Equal(1, FisherExact.TwoSided((a, n1), (b, n2)) / p, 1e-9);
        Assert.Equal(FisherExact.TwoSided((a, n1), (b, n2)), FisherExact.TwoSided((b, n2), (a, n1)), 1e-12);
    }
}
