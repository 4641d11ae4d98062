using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Diffusion;

public sealed class GaussianDiffusionTests
{
    public static TheoryData<PredictionType> Predictions => [.. Enum.GetValues<PredictionType>()];

    [Fact]
    public void ReverseVariance_Step500_IsThePublishedOne()
    {
        var golden = GoldenFiles.Read("diffusion_linear.json");
        var small = new GaussianDiffusion(NoiseSchedule.Linear(1000));
        var large = new GaussianDiffusion(NoiseSchedule.Linear(1000), variance: VarianceType.FixedLarge);
        GoldenFiles.Close(golden.GetProperty("linear_fixed_small_var_500").Doubles(), [small.ReverseVariance(500), small.ReverseLogVariance(500)], 5e-7);
        GoldenFiles.Close(golden.GetProperty("linear_qpost_var_500").Doubles(), [small.Schedule.PosteriorVariance[500], small.Schedule.PosteriorLogVarianceClipped[500]], 5e-7);
        GoldenFiles.Close(golden.GetProperty("linear_fixed_large_var_500").Doubles(), [large.ReverseVariance(500), large.ReverseLogVariance(500)], 5e-7);
        Assert.Equal(small.Schedule.PosteriorVariance[1], large.ReverseVariance(0));
    }

    [Fact]
    public void QSample_ManyDraws_HasTheSchedulesMeanAndVariance()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var diffusion = new GaussianDiffusion(NoiseSchedule.Linear(1000));
        var x0 = full(3, 20_000, 0.8, dtype: ScalarType.Float32);
        int[] steps = [10, 300, 900];
        var xt = diffusion.QSample(x0, tensor(steps.Select(s => (long)s).ToArray()), randn([3, 20_000], generator: generator));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0.8 * diffusion.Schedule.SqrtAlphasCumprod[steps[i]], xt[i].mean().item<float>(), 0.03);
            Assert.Equal(1 - diffusion.Schedule.AlphasCumprod[steps[i]], xt[i].var().item<float>(), 0.03);
        }
    }

    [Theory]
    [MemberData(nameof(Predictions))]
    public void PredictX0_TruePrediction_GivesTheSignalBack(PredictionType prediction)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var diffusion = new GaussianDiffusion(NoiseSchedule.Cosine(100), prediction);
        var (x0, noise, t) = (randn([2, 3, 4], generator: generator), randn([2, 3, 4], generator: generator), tensor(new long[] { 40, 40 }));
        var xt = diffusion.QSample(x0, t, noise);
        var found = diffusion.PredictX0(diffusion.Target(x0, t, noise), xt, 40);
        Assert.True(found.allclose(x0, 1e-4, 1e-5));
        Assert.True(diffusion.PredictEpsilon(found, xt, 40).allclose(noise, 1e-4, 1e-4));
    }

    [Fact]
    public void PredictX0_WithClip_StaysInside()
    {
        using var scope = NewDisposeScope();
        var diffusion = new GaussianDiffusion(NoiseSchedule.Linear(1000), clip: 2);
        var x0 = diffusion.PredictX0(full(1, 4, 1, dtype: ScalarType.Float32), full(1, 4, -3, dtype: ScalarType.Float32), 999);
        Assert.Equal([-2f, -2f, -2f, -2f], x0.ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Predictions))]
    public void TrainingLoss_PerfectOrUselessDenoiser_IsZeroOrTheTargetsPower(PredictionType prediction)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var diffusion = new GaussianDiffusion(NoiseSchedule.Linear(1000), prediction);
        var (x0, noise, t) = (randn([4, 63, 20], generator: generator), randn([4, 63, 20], generator: generator), tensor(new long[] { 0, 5, 500, 999 }));
        var target = diffusion.Target(x0, t, noise);
        Assert.Equal([0f, 0f, 0f, 0f], diffusion.TrainingLoss((_, _) => target.clone(), x0, t, noise).ToArray<float>());
        var useless = diffusion.TrainingLoss((x, _) => zeros_like(x), x0, t, noise);
        Assert.True(useless.allclose(target.square().mean([1L, 2L])));
    }

    [Theory]
    [MemberData(nameof(Predictions))]
    public void TrainingLoss_MinSnr_WeighsTheErrorOfX0WhateverIsPredicted(PredictionType prediction)
    {
        // A denoiser that takes x₀ for 0.9·x₀: its error is 0.01·x₀², weighted by min(SNR, 5) (Hang et al. 2023).
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var diffusion = new GaussianDiffusion(NoiseSchedule.Linear(1000), prediction, minSnr: 5);
        var x0 = randn([4, 6], dtype: ScalarType.Float64, generator: generator);
        var noise = randn([4, 6], dtype: ScalarType.Float64, generator: generator);
        long[] steps = [30, 200, 500, 900];
        double[] kept = [.. steps.Select(step => diffusion.Schedule.AlphasCumprod[(int)step])];
        var root = tensor(kept).sqrt().unsqueeze(1);
        var rest = tensor(kept.Select(a => 1 - a).ToArray()).sqrt().unsqueeze(1);
        var loss = diffusion.TrainingLoss((xt, _) => prediction switch
        {
            PredictionType.X0 => x0 * 0.9,
            PredictionType.Epsilon => (xt - root * x0 * 0.9) / rest,
            _ => (root * xt - x0 * 0.9) / rest,
        }, x0, tensor(steps), noise);
        double[] powers = x0.square().mean([1L]).ToArray<double>();
        double[] expected = [.. powers.Select((power, i) => 0.01 * power * Math.Min(kept[i] / (1 - kept[i]), 5))];
        GoldenFiles.Close(expected, loss.to(ScalarType.Float64).ToArray<double>(), 1e-5);
        Assert.Equal(5.0, diffusion.LossWeights![30] * (prediction switch { PredictionType.X0 => 1, PredictionType.V => kept[0] / (1 - kept[0]) + 1, _ => kept[0] / (1 - kept[0]) }), 9);
    }

    [Fact]
    public void TrainingLoss_ErrorsThatDoNotCount_AreLeftOut()
    {
        using var scope = NewDisposeScope();
        var diffusion = new GaussianDiffusion(NoiseSchedule.Linear(1000), PredictionType.X0);
        var counted = tensor(new float[] { 0, 1, 1, 1 }).reshape(1, 4, 1);
        var said = tensor(new float[] { 100, 1, 2, 3 }).reshape(1, 4, 1);
        var loss = diffusion.TrainingLoss((_, _) => said.clone(), zeros(1, 4, 1), tensor(new long[] { 7 }), zeros(1, 4, 1), counted);
        Assert.Equal((1f + 4 + 9) / 3, loss.item<float>(), 1e-5f);
    }

    [Fact]
    public void PredictX0_VOnKarrasSteps_IsTheirPreconditioning()
    {
        // D = c_skip·x̂ + c_out·F with c_skip = 1/(1 + σ²), c_out = σ/√(1 + σ²) for data of unit variance (Karras et al. 2022, Table 1); F = −v, x̂ = x_t·√(1 + σ²).
        using var scope = NewDisposeScope();
        var diffusion = new GaussianDiffusion(NoiseSchedule.Karras(1000), PredictionType.V);
        var (xt, v) = (tensor(new double[] { 0.3, -1.1 }), tensor(new double[] { 0.8, 0.2 }));
        foreach (int step in new[] { 0, 400, 999 })
        {
            double kept = diffusion.Schedule.AlphasCumprod[step], sigma = Math.Sqrt((1 - kept) / kept);
            var expected = xt * Math.Sqrt(1 + sigma * sigma) / (1 + sigma * sigma) - v * sigma / Math.Sqrt(1 + sigma * sigma);
            Assert.True(diffusion.PredictX0(v, xt, step).allclose(expected, 1e-9, 1e-9));
        }
    }

    [Fact]
    public void TrainingLoss_WrongShape_IsRefused()
    {
        using var scope = NewDisposeScope();
        var diffusion = new GaussianDiffusion(NoiseSchedule.Linear(1000));
        var x0 = zeros(2, 3);
        Assert.Throws<ArgumentException>(() => diffusion.TrainingLoss((x, _) => x.narrow(1, 0, 1), x0, zeros(2, dtype: ScalarType.Int64), zeros(2, 3)));
    }

    [Fact]
    public void Respaced_Twice_TellsTheDenoiserTrainingSteps()
    {
        var respaced = new GaussianDiffusion(NoiseSchedule.Linear(1000)).Respaced([0, 100, 500, 999]).Respaced([1, 3]);
        Assert.Equal([100, 999], Enumerable.Range(0, 2).Select(respaced.ModelTimestep));
    }

    [Fact]
    public void TimestepEmbedding_Dim8Step777_IsThePublishedOne()
    {
        using var scope = NewDisposeScope();
        var embedding = TimestepEmbedding.Create(tensor(new long[] { 777 }), 8);
        Assert.Equal([1, 8], embedding.shape);
        GoldenFiles.Close(
            GoldenFiles.Read("diffusion_linear.json").GetProperty("timestep_embedding_dim8_t777").Doubles(),
            [.. embedding.ToArray<float>().Select(v => (double)v)], 1e-4);
        Assert.Equal([1, 7], TimestepEmbedding.Create(tensor(new long[] { 777 }), 7).shape);
    }
}
