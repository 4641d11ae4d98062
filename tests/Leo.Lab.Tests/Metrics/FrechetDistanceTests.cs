using Leo.Lab.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class FrechetDistanceTests
{
    public static TheoryData<bool, MatrixRoot, string> Forms => new()
    {
        { true, MatrixRoot.Svd32, "fvd_digan_f32" },
        { true, MatrixRoot.Svd64, "fvd_digan_f64" },
        { true, MatrixRoot.Eigen, "fvd_unbiased_eig" },
        { false, MatrixRoot.Eigen, "fvd_styleganv_popcov" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Between_EachPublishedForm_GivesThePublishedNumber(bool unbiased, MatrixRoot root, string name)
    {
        using var scope = NewDisposeScope();
        var (a, b) = MetricGolden.Sets();
        // Single precision differs by LAPACK: PyTorch 1.13 with Debian's is 0.6e-6 below the number in double precision, libtorch 2.10 with MKL 1.5e-6 above.
        MetricGolden.Close(MetricGolden.Value(name), FrechetDistance.Between(a, b, new FrechetForm(unbiased, root)), root == MatrixRoot.Svd32 ? 3e-6 : 1e-6);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Between_Statistics_GiveWhatTheFeaturesGive(bool unbiased, MatrixRoot root, string name)
    {
        using var scope = NewDisposeScope();
        var (a, b) = MetricGolden.Sets();
        using FeatureStatistics ofA = FeatureStatistics.Of(a), ofB = FeatureStatistics.Of(b);
        MetricGolden.Close(MetricGolden.Value(name), FrechetDistance.Between(ofA, ofB, new FrechetForm(unbiased, root)), 1e-5);
    }

    [Theory]
    [InlineData(MatrixRoot.Svd32, 1e-4)]
    [InlineData(MatrixRoot.Svd64, 1e-10)]
    [InlineData(MatrixRoot.Eigen, 1e-10)]
    public void Between_ASetAndItself_IsZero_AndOrderDoesNotMatter(MatrixRoot root, double tolerance)
    {
        using var scope = NewDisposeScope();
        var (a, b) = MetricGolden.Sets();
        var form = new FrechetForm(true, root);
        double distance = FrechetDistance.Between(a, b, form);
        Assert.Equal(0, FrechetDistance.Between(a, a, form), tolerance);
        Assert.Equal(distance, FrechetDistance.Between(b, a, form), tolerance);
        using var turned = a.flip(0);
        Assert.Equal(distance, FrechetDistance.Between(turned, b, form), tolerance);
    }

    // For one number a sample the distance is (μₐ − μᵦ)² + (σₐ − σᵦ)²: here 5² + (1 − 3)², and sets of different size.
    [Theory]
    [InlineData(MatrixRoot.Svd32)]
    [InlineData(MatrixRoot.Svd64)]
    [InlineData(MatrixRoot.Eigen)]
    public void Between_OneDimension_IsTheFormulaOnPaper(MatrixRoot root)
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[] { 1, -1 }, [2, 1]);
        var b = tensor(new float[] { 8, 2, 8, 2 }, [4, 1]);
        Assert.Equal(29, FrechetDistance.Between(a, b, new FrechetForm(false, root)), 1e-4);
    }

    // Fewer samples than numbers: both covariances singular. Diagonal ones know the answer: (√2 − 2√2)² for each of two axes in common
    // is what remains of Σ(√λₐ − √λᵦ)²; what lies outside both spans adds its variance.
    [Theory]
    [InlineData(MatrixRoot.Svd32, 1e-4)]
    [InlineData(MatrixRoot.Svd64, 1e-9)]
    [InlineData(MatrixRoot.Eigen, 1e-9)]
    public void Between_RankDeficientAndUnevenSets_IsExact(MatrixRoot root, double tolerance)
    {
        using var scope = NewDisposeScope();
        var a = zeros(4, 20);
        var b = zeros(6, 20);
        for (int axis = 0; axis < 2; axis++)
        {
            a[2 * axis, axis] = 2;
            a[(2 * axis) + 1, axis] = -2; // variance 8/4 = 2 along two axes
        }
        for (int axis = 0; axis < 3; axis++)
        {
            b[2 * axis, axis] = 6;
            b[(2 * axis) + 1, axis] = -6; // variance 72/6 = 12 along three
        }
        double expected = (2 * Math.Pow(Math.Sqrt(12) - Math.Sqrt(2), 2)) + 12;
        Assert.Equal(expected, FrechetDistance.Between(a, b, new FrechetForm(false, root)), tolerance);
    }

    [Fact]
    public void Between_WhatCannotBeCompared_IsRefusedByName()
    {
        using var scope = NewDisposeScope();
        var good = rand(5, 3);
        var broken = good.clone();
        broken[2, 1] = float.NaN;
        Assert.Contains("at least 2 samples, found 1", Assert.Throws<MetricException>(() => FrechetDistance.Between(good, rand(1, 3), FrechetForm.VideoGpt)).Message);
        Assert.Contains("the first is row 2", Assert.Throws<MetricException>(() => FrechetDistance.Between(broken, good, FrechetForm.VideoGpt)).Message);
        Assert.Contains("expected 3 numbers", Assert.Throws<MetricException>(() => FrechetDistance.Between(good, rand(5, 4), FrechetForm.StyleGanV)).Message);
        Assert.Contains("[N, D]", Assert.Throws<MetricException>(() => FrechetDistance.Between(good, rand(5, 3, 2), FrechetForm.StyleGanV)).Message);
        Assert.Contains("floating point", Assert.Throws<MetricException>(() => FrechetDistance.Between(good, good.to(int64), FrechetForm.StyleGanV)).Message);
    }

    [Fact]
    public void Between_LeavesNoTensorBehind()
    {
        using var scope = NewDisposeScope();
        var (a, b) = MetricGolden.Sets();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        FrechetDistance.Between(a, b, FrechetForm.VideoGpt);
        FrechetDistance.Between(a, b, FrechetForm.StyleGanV);
        KernelDistance.Between(a, b);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
