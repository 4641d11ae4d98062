using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class KernelDistanceTests
{
    [Fact]
    public void Between_TheGoldenSets_GivesThePublishedNumbers()
    {
        using var scope = NewDisposeScope();
        var (a, b) = MetricGolden.Sets();
        MetricGolden.Close(MetricGolden.Value("kvd_poly_mmd_f64"), KernelDistance.Between(a.to(float64), b.to(float64)), 1e-12);
        MetricGolden.Close(MetricGolden.Value("kvd_poly_mmd_f32"), KernelDistance.Between(a, b), 1e-6);
        MetricGolden.Close(MetricGolden.Value("kvd_halves"), KernelDistance.Between(a.narrow(0, 0, 100), a.narrow(0, 100, 100)), 1e-6);
        MetricGolden.Close(MetricGolden.Value("kid_x1000_one_subset"), KernelDistance.OverSubsets(a.to(float64), b.to(float64), 1, 1000, 0), 1e-12);
    }

    // Straight from the definition, over more rows than one block holds and sets of different size.
    [Fact]
    public void Between_MoreThanABlock_IsTheDefinition()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor a = randn([300, 3], float64, generator: generator), b = randn([520, 3], float64, generator: generator) + 0.3;
        Tensor kaa = (a.matmul(a.transpose(0, 1)) / 3 + 1).pow(3), kbb = (b.matmul(b.transpose(0, 1)) / 3 + 1).pow(3), kab = (a.matmul(b.transpose(0, 1)) / 3 + 1).pow(3);
        double expected = ((kaa.sum() - kaa.trace()) / (300.0 * 299) + (kbb.sum() - kbb.trace()) / (520.0 * 519) - 2 * kab.mean()).item<double>();
        MetricGolden.Close(expected, KernelDistance.Between(a, b), 1e-10);
        MetricGolden.Close(expected, KernelDistance.Between(b, a), 1e-10);
    }

    [Fact]
    public void OverSubsets_SameSeed_IsTheSame_AndNearTheWhole()
    {
        using var scope = NewDisposeScope();
        var (a, b) = MetricGolden.Sets();
        double kid = KernelDistance.OverSubsets(a, b, 20, 100, 5);
        Assert.Equal(kid, KernelDistance.OverSubsets(a, b, 20, 100, 5));
        Assert.NotEqual(kid, KernelDistance.OverSubsets(a, b, 20, 100, 6));
        MetricGolden.Close(MetricGolden.Value("kid_x1000_one_subset"), kid, 0.1);
    }

    [Fact]
    public void Between_WhatCannotBeCompared_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<MetricException>(() => KernelDistance.Between(rand(1, 3), rand(5, 3)));
        Assert.Throws<MetricException>(() => KernelDistance.Between(rand(5, 2), rand(5, 3)));
        Assert.Throws<MetricException>(() => KernelDistance.Between(rand(5, 3), rand(5, 3) / 0));
    }
}
