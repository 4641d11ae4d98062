using Leo.Lab.Diffusion;

namespace Leo.Lab.Tests.Diffusion;

public sealed class NoiseScheduleTests
{
    public static TheoryData<string> TableNames =>
    [
        "betas", "alphas_cumprod", "alphas_cumprod_prev", "sqrt_alphas_cumprod", "sqrt_one_minus_alphas_cumprod",
        "posterior_variance", "posterior_log_variance_clipped", "posterior_mean_coef1", "posterior_mean_coef2",
        "sqrt_recip_alphas_cumprod", "sqrt_recipm1_alphas_cumprod",
    ];

    public static TheoryData<NoiseScheduleKind, int> Schedules => new()
    {
        { NoiseScheduleKind.Linear, 1000 }, { NoiseScheduleKind.Linear, 50 }, { NoiseScheduleKind.Cosine, 1000 }, { NoiseScheduleKind.Cosine, 5 },
        { NoiseScheduleKind.Karras, 1000 }, { NoiseScheduleKind.Karras, 18 },
    };

    [Theory]
    [MemberData(nameof(TableNames))]
    public void Linear_ThousandSteps_HasThePublishedTables(string name)
    {
        var schedule = NoiseSchedule.Linear(1000);
        var table = name switch
        {
            "betas" => schedule.Betas,
            "alphas_cumprod" => schedule.AlphasCumprod,
            "alphas_cumprod_prev" => schedule.AlphasCumprodPrev,
            "sqrt_alphas_cumprod" => schedule.SqrtAlphasCumprod,
            "sqrt_one_minus_alphas_cumprod" => schedule.SqrtOneMinusAlphasCumprod,
            "posterior_variance" => schedule.PosteriorVariance,
            "posterior_log_variance_clipped" => schedule.PosteriorLogVarianceClipped,
            "posterior_mean_coef1" => schedule.PosteriorMeanCoef1,
            "posterior_mean_coef2" => schedule.PosteriorMeanCoef2,
            "sqrt_recip_alphas_cumprod" => schedule.SqrtRecipAlphasCumprod,
            _ => schedule.SqrtRecipM1AlphasCumprod,
        };
        var golden = GoldenFiles.Read("diffusion_linear.json").GetProperty("sched_linear_1000").GetProperty(name);
        foreach (var entry in golden.EnumerateObject())
        {
            var (expected, actual) = (entry.Value.GetDouble(), table[int.Parse(entry.Name)]);
            Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Abs(expected), $"[{entry.Name}]: expected {expected:R}, found {actual:R}");
        }
    }

    [Fact]
    public void Linear_HundredSteps_IsScaledToTheSameNoise()
    {
        var schedule = NoiseSchedule.Linear(100);
        GoldenFiles.Close(GoldenFiles.Read("schedules.json").GetProperty("linear_100").Doubles(), schedule.Betas, 1e-15);
        Assert.InRange(schedule.AlphasCumprod[^1], 1e-5, 1e-4);
    }

    [Fact]
    public void Cosine_FortySteps_FollowsItsFormula() =>
        GoldenFiles.Close(GoldenFiles.Read("schedules.json").GetProperty("cosine_40").Doubles(), NoiseSchedule.Cosine(40).Betas, 1e-14);

    [Fact]
    public void Karras_EighteenSteps_AreThePublishedNoiseLevels()
    {
        // (0.002^(1/7) + i/17·(80^(1/7) − 0.002^(1/7)))^7, Karras et al. 2022, Eq. 5.
        var schedule = NoiseSchedule.Karras(18);
        double[] sigmas = [.. schedule.AlphasCumprod.Select(kept => Math.Sqrt((1 - kept) / kept))];
        GoldenFiles.Close([0.002, 0.007528, 0.022935, 0.059947, 0.13952, 0.29644, 0.58535, 1.0882, 1.9233, 3.2568, 5.3152, 8.4009, 12.91, 19.352, 28.375, 40.786, 57.586, 80], sigmas, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Create_AnySchedule_LosesSignalAtEveryStep(NoiseScheduleKind kind, int steps)
    {
        var schedule = NoiseSchedule.Create(kind, steps);
        Assert.Equal(steps, schedule.Steps);
        Assert.Equal(0, schedule.PosteriorVariance[0]);
        for (int t = 0; t < steps; t++)
        {
            Assert.True(schedule.AlphasCumprod[t] < schedule.AlphasCumprodPrev[t]);
            Assert.True(schedule.AlphasCumprodNext[t] < schedule.AlphasCumprod[t]);
            Assert.True(schedule.PosteriorVariance[t] <= schedule.Betas[t]);
            Assert.True(double.IsFinite(schedule.PosteriorLogVarianceClipped[t]));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Constructor_BetaOutOfRange_NamesTheEntry(double beta)
    {
        var error = Assert.Throws<ArgumentException>(() => new NoiseSchedule([0.1, beta]));
        Assert.Contains("beta[1]", error.Message);
    }

    [Fact]
    public void Constructor_OneStep_HasFiniteTables()
    {
        var schedule = new NoiseSchedule([0.25]);
        Assert.Equal(Math.Log(0.25), schedule.PosteriorLogVarianceClipped[0]);
        Assert.Equal(0.75, schedule.AlphasCumprod[0]);
    }
}
