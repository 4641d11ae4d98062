using Leo.Lab.Experiments;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

public class ProbeScoresTests
{
    [Fact]
    public void R2_PerfectMeanAndConstantColumns()
    {
        using var scope = NewDisposeScope();
        var actual = tensor(new double[,] { { 1, 1, 5 }, { 2, 2, 5 }, { 3, 3, 5 } });
        var predicted = tensor(new double[,] { { 1, 2, 5 }, { 2, 2, 5 }, { 3, 2, 5 } });

        double[] r2 = ProbeScores.R2(predicted, actual);

        Assert.Equal(1, r2[0], 12);
        Assert.Equal(0, r2[1], 12);
        Assert.True(double.IsNaN(r2[2]));
    }

    [Fact]
    public void R2_WorseThanTheMean_IsNegative()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(-3, ProbeScores.R2(tensor(new double[,] { { 1 }, { -1 } }), tensor(new double[,] { { -1 }, { 1 } }))[0], 12);
    }

    [Fact]
    public void Accuracy_CountsLargestScores()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new double[,] { { 0.9, 0.1 }, { 0.2, 0.8 }, { 0.6, 0.4 }, { 0.3, 0.7 } });
        Assert.Equal(0.75, ProbeScores.Accuracy(scores, [0, 1, 1, 1]));
    }

    [Fact]
    public void R2_DifferentShapes_AreRefused() => Assert.Throws<ArgumentException>(() => ProbeScores.R2(ones(2, 1), ones(3, 1)));
}
