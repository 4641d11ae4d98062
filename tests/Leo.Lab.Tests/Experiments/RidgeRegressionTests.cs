using Leo.Lab.Experiments;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

public class RidgeRegressionTests
{
    [Fact]
    public void Fit_ExactLinearRelation_IsRecovered()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(0, "ridge");
        var x = randn([200, 5], dtype: ScalarType.Float64, generator: generator) * 3 + 7;
        var w = randn([5, 2], dtype: ScalarType.Float64, generator: generator);
        var y = x.matmul(w) + 4;

        var fit = RidgeRegression.Fit(x, y, lambda: 1e-12);

        Assert.True((fit.Predict(x) - y).abs().max().item<double>() < 1e-6);
    }

    [Fact]
    public void Fit_ConstantInput_IsIgnored()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[,] { { 0, 5 }, { 1, 5 }, { 2, 5 }, { 3, 5 } });
        var y = tensor(new double[,] { { 1 }, { 3 }, { 5 }, { 7 } });
        var predicted = RidgeRegression.Fit(x, y, lambda: 1e-9).Predict(tensor(new double[,] { { 4, 99 } }));
        Assert.Equal(9, predicted.item<double>(), 5);
    }

    // One standardised input: W = cov / (var + λ·var) = slope / (1 + λ).
    [Fact]
    public void Fit_Lambda_ShrinksTheSlope()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[,] { { -1 }, { 0 }, { 1 } });
        var y = x * 2;
        var predicted = RidgeRegression.Fit(x, y, lambda: 1).Predict(tensor(new double[,] { { 1 } }));
        Assert.Equal(1, predicted.item<double>(), 9);
    }

    [Fact]
    public void Fit_Float32_GivesFloat64()
    {
        using var scope = NewDisposeScope();
        var fit = RidgeRegression.Fit(ones(4, 3), ones(4, 1));
        Assert.Equal(ScalarType.Float64, fit.Predict(ones(2, 3)).dtype);
        Assert.Equal((3, 1), (fit.Inputs, fit.Targets));
    }

    [Fact]
    public void Fit_RowsThatDoNotPairUp_AreRefused() => Assert.Throws<ArgumentException>(() => RidgeRegression.Fit(ones(4, 3), ones(5, 1)));

    [Fact]
    public void Predict_OtherWidth_IsRefused()
    {
        var fit = RidgeRegression.Fit(rand(4, 3), rand(4, 1));
        Assert.Throws<ArgumentException>(() => fit.Predict(ones(1, 2)));
    }
}
