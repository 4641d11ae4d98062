using Leo.Lab.Diffusion;
using Leo.Lab.Tests.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Diffusion;

public sealed class LearnedVarianceTests
{
    private static readonly GaussianDiffusion Learned = new(NoiseSchedule.Linear(1000), variance: VarianceType.LearnedRange);

    [Fact]
    public void VariationalBound_FormulaSignals_MatchesTheReference()
    {
        using var scope = NewDisposeScope();
        var golden = GoldenFiles.Read("learned_variance.json");
        var (x0, noise, prediction, range) = (Draw("x0"), Draw("noise"), Draw("eps"), Draw("range"));
        var t = tensor(golden.GetProperty("steps").Ints().Select(s => (long)s).ToArray());

        var bits = Learned.VariationalBound(prediction, range, x0, Learned.QSample(x0, t, noise), t);

        // The tables are rounded to float32 on their way in, and at t = 1 the bound divides by a variance of 1e-5.
        GoldenFiles.Close(golden.GetProperty("bits").Doubles(), bits.ToArray<double>(), 2e-4);
    }

    [Fact]
    public void Denoise_Output_GivesTheVarianceBetweenTheTwoFixedOnes()
    {
        using var scope = NewDisposeScope();
        var golden = GoldenFiles.Read("learned_variance.json");
        int[] steps = golden.GetProperty("steps").Ints();
        for (int i = 0; i < steps.Length; i++)
        {
            var output = cat([Draw("eps")[i].unsqueeze(0), Draw("range")[i].unsqueeze(0)], 1);
            var denoised = Learned.Denoise((_, _) => output, Draw("x0")[i].unsqueeze(0), steps[i]);
            GoldenFiles.Close(golden.GetProperty("log_variance")[i].Doubles(), denoised.LogVariance!.ToArray<double>(), 1e-9);
        }
    }

    [Fact]
    public void TrainingLoss_Prediction_LearnsFromTheSquaredErrorAlone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(0);
        var t = tensor(new long[] { 0, 1, 500, 999 });
        var (x0, noise) = (Draw("x0"), Draw("noise"));
        var output = rand([4, 6], dtype: ScalarType.Float64, generator: generator).requires_grad_();

        Learned.TrainingLoss((_, _) => output * 1, x0, t, noise).sum().backward();

        var expected = (output.detach().narrow(1, 0, 3) - noise) * (2.0 / 3);
        Assert.True((output.grad!.narrow(1, 0, 3) - expected).abs().max().item<double>() < 1e-9);
        Assert.True(output.grad!.narrow(1, 3, 3).abs().min().item<double>() > 0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void TrainingLoss_WithoutTwiceTheChannels_IsRefused(int channels)
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() =>
            Learned.TrainingLoss((_, _) => zeros(4, channels), Draw("x0"), zeros(4, dtype: ScalarType.Int64), Draw("noise")));
        Assert.Contains("twice as many channels", error.Message);
    }

    [Fact]
    public void ReverseVariance_Learned_IsNotATable() =>
        Assert.Throws<InvalidOperationException>(() => Learned.ReverseVariance(500));

    private static Tensor Draw(string key) => tensor(FormulaWeights.Unit(key, 12), [4, 3]).to(ScalarType.Float64);
}
