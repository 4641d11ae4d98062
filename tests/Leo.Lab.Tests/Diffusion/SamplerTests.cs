using Leo.Lab.Diffusion;
using Leo.Lab.Tests.Animator;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Diffusion;

public sealed class SamplerTests
{
    [Theory]
    [InlineData("ddim", "ddim:10")]
    [InlineData("ddim_eta", "ddim:10:0.7")]
    [InlineData("ddpm", "ddpm:20")]
    [InlineData("ddpm_large_clip", "ddpm:20")]
    [InlineData("dpm_solver", "dpm++:10")]
    public void Sample_FixedDenoiserAndNoises_MatchesTheReference(string name, string spec)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenFiles.Read("samplers.json").GetProperty(name);
        double? clip = golden.GetProperty("clip").ValueKind == System.Text.Json.JsonValueKind.Null ? (double?)null : golden.GetProperty("clip").GetDouble();
        var diffusion = new GaussianDiffusion(
            NoiseSchedule.Linear(1000), variance: golden.GetProperty("large").GetBoolean() ? VarianceType.FixedLarge : VarianceType.FixedSmall, clip: clip);
        int count = 0;
        var x = SamplerSpec.Parse(spec).Build(diffusion).Sample(
            (xt, t) => xt * 0.3 + (t.to(ScalarType.Float64) / 100).sin().unsqueeze(1) / 2,
            () => tensor(FormulaWeights.Unit($"noise.{count++}", 12), [2, 6]).to(ScalarType.Float64) * 1.75);
        GoldenFiles.Close(golden.GetProperty("x").Doubles(), x.flatten().ToArray<double>(), 1e-7);
    }

    [Theory]
    [InlineData("ddpm:30")]
    [InlineData("ddim:20:1")]
    [InlineData("dpm++:7")]
    [InlineData("heun:7")]
    public void Sample_LargerBatch_LeavesEverySampleAsItWas(string spec)
    {
        var sampler = SamplerSpec.Parse(spec).Build(new GaussianDiffusion(NoiseSchedule.Linear(1000)));
        using var all = Draw([7, 8, 9]);
        using var one = Draw([8]);
        Assert.Equal(all[1].ToArray<float>(), one[0].ToArray<float>());
        Assert.NotEqual(all[0].ToArray<float>(), all[1].ToArray<float>());

        Tensor Draw(long[] seeds)
        {
            using var noise = new SeededNoise(seeds, "test", [3, 20]);
            return sampler.Sample((x, _) => x * 0.5, noise.Next);
        }
    }

    [Fact]
    public void Sample_KnownGaussian_IsRecovered()
    {
        // For data N(0.6, 0.5²) the best denoiser is linear and known; sampling with it must give that Gaussian back.
        var diffusion = new GaussianDiffusion(NoiseSchedule.Linear(1000));
        using var noise = new SeededNoise([5], "test", [20_000]);
        using var x = SamplerSpec.Parse("ddpm:250").Build(diffusion).Sample(Denoiser, noise.Next);
        Assert.Equal(0.6, x.mean().item<float>(), 0.02);
        Assert.Equal(0.5, x.std().item<float>(), 0.02);

        Tensor Denoiser(Tensor xt, Tensor t)
        {
            double alphaBar = diffusion.Schedule.AlphasCumprod[(int)t[0].item<long>()];
            return (xt - 0.6 * Math.Sqrt(alphaBar)) * (Math.Sqrt(1 - alphaBar) / (alphaBar * 0.25 + 1 - alphaBar));
        }
    }

    [Fact]
    public void Sample_KnownGaussian_DpmSolverIsNearerToTheFlowThanDdim()
    {
        // For data N(0.6, 0.5²) the probability flow is linear: x₀ = 0.6 + 0.5·(x_T − 0.6·√ᾱ) / √(0.25·ᾱ + 1 − ᾱ).
        var diffusion = new GaussianDiffusion(NoiseSchedule.Linear(1000));
        var start = linspace(-2, 2, 9, dtype: ScalarType.Float64);
        double last = diffusion.Schedule.AlphasCumprod[999];
        var exact = (start - 0.6 * Math.Sqrt(last)) * (0.5 / Math.Sqrt(last * 0.25 + 1 - last)) + 0.6;

        Assert.True(Error("dpm++:20") < 0.2 * Error("ddim:20"), $"{Error("dpm++:20")} and {Error("ddim:20")}");
        Assert.True(Error("dpm++:80") < 0.2 * Error("dpm++:20"), $"{Error("dpm++:80")} and {Error("dpm++:20")}");

        double Error(string spec) => (SamplerSpec.Parse(spec).Build(diffusion).Sample(Denoiser, start.clone) - exact).abs().max().item<double>();

        Tensor Denoiser(Tensor xt, Tensor t)
        {
            double alphaBar = diffusion.Schedule.AlphasCumprod[(int)t[0].item<long>()];
            return (xt - 0.6 * Math.Sqrt(alphaBar)) * (Math.Sqrt(1 - alphaBar) / (alphaBar * 0.25 + 1 - alphaBar));
        }
    }

    [Fact]
    public void Sample_KnownGaussianOnKarrasSteps_HeunIsNearerThanAsManyQuestionsOfDdim()
    {
        // For data N(0.6, 0.5²) the flow in σ is (x̂ − 0.6)/√(0.25 + σ²) = constant; Heun with 18 steps asks 35 times.
        var diffusion = new GaussianDiffusion(NoiseSchedule.Karras(1000), PredictionType.X0);
        var start = linspace(-2, 2, 9, dtype: ScalarType.Float64);
        var exact = (start * Math.Sqrt(1 + 6400) - 0.6) * (0.5 / Math.Sqrt(0.25 + 6400)) + 0.6;

        Assert.Equal(0.0551882990, Error("heun:18"), 1e-6);   // the same loop in double precision, outside
        Assert.True(Error("heun:18") < Error("ddim:35"), $"{Error("heun:18")} and {Error("ddim:35")}");
        Assert.True(Error("heun:72") < 0.1 * Error("heun:18"), $"second order: {Error("heun:72")} and {Error("heun:18")}");

        double Error(string spec) => (SamplerSpec.Parse(spec).Build(diffusion).Sample(Denoiser, start.clone) - exact).abs().max().item<double>();

        Tensor Denoiser(Tensor xt, Tensor t)
        {
            double alphaBar = diffusion.Schedule.AlphasCumprod[(int)t[0].item<long>()], variance = (1 - alphaBar) / alphaBar;
            return (xt / Math.Sqrt(alphaBar) * 0.25 + 0.6 * variance) / (0.25 + variance);
        }
    }

    [Fact]
    public void Sample_Progress_CountsAllStepsDownToZero()
    {
        using var scope = NewDisposeScope();
        var told = new List<(int Index, int Count, int Timestep)>();
        new DdimSampler(new GaussianDiffusion(NoiseSchedule.Linear(1000)).Respaced([0, 500, 999]))
            .Sample((x, _) => zeros_like(x), () => zeros(1, 2), step => told.Add((step.Index, step.Count, step.Timestep)));
        Assert.Equal([(1, 3, 999), (2, 3, 500), (3, 3, 0)], told);
    }

    [Fact]
    public void Sample_ManySteps_LeavesOneTensor()
    {
        using var noise = new SeededNoise([1], "test", [4]);
        var sampler = new DdpmSampler(new GaussianDiffusion(NoiseSchedule.Linear(50)));
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using var x = sampler.Sample((xt, _) => xt * 0.1, noise.Next);
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData("ddpm", SamplerKind.Ddpm, null, 0.0)]
    [InlineData("DDIM:50", SamplerKind.Ddim, 50, 0.0)]
    [InlineData("ddim:25:0.5", SamplerKind.Ddim, 25, 0.5)]
    [InlineData("ddpm:250", SamplerKind.Ddpm, 250, 0.0)]
    [InlineData("dpm++", SamplerKind.DpmSolver, 20, 0.0)]
    [InlineData("dpm++:15", SamplerKind.DpmSolver, 15, 0.0)]
    [InlineData("heun", SamplerKind.Heun, 18, 0.0)]
    [InlineData("heun:25", SamplerKind.Heun, 25, 0.0)]
    public void Parse_GoodText_RoundTrips(string text, SamplerKind kind, int? steps, double eta)
    {
        var spec = SamplerSpec.Parse(text);
        Assert.Equal(new SamplerSpec(kind, steps, eta), spec);
        Assert.Equal(spec, SamplerSpec.Parse(spec.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("euler")]
    [InlineData("dpm++:20:1")]
    [InlineData("heun:20:1")]
    [InlineData("ddim:0")]
    [InlineData("ddim:x")]
    [InlineData("ddim:50:2")]
    [InlineData("ddpm:50:1")]
    [InlineData("ddim:50:0:0")]
    public void Parse_BadText_SaysWhatToWrite(string text)
    {
        var error = Assert.Throws<LeoException>(() => SamplerSpec.Parse(text));
        Assert.Contains("ddim:STEPS", error.Message);
    }

    [Fact]
    public void Build_MoreStepsThanTrained_SaysHowMany()
    {
        var error = Assert.Throws<LeoException>(() => SamplerSpec.Parse("ddim:2000").Build(new GaussianDiffusion(NoiseSchedule.Linear(1000))));
        Assert.Contains("1000", error.Message);
    }

    [Fact]
    public void Build_NoIntegerStride_FallsBackToEvenSpacing()
    {
        var sampler = SamplerSpec.Parse("ddim:60").Build(new GaussianDiffusion(NoiseSchedule.Linear(1000)));
        Assert.Equal(60, sampler.Diffusion.Schedule.Steps);
        Assert.Equal(999, sampler.Diffusion.ModelTimestep(59));
    }
}
