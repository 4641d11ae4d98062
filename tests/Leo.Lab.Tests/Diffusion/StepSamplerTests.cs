using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Diffusion;

public sealed class StepSamplerTests
{
    [Fact]
    public void LossSecondMoment_BeforeEveryStepHasTenLosses_IsUniform()
    {
        var sampler = new LossSecondMomentSampler(4);
        Observe(sampler, times: 9);
        sampler.Observe([0, 0, 0], [100, 100, 100]);
        Assert.Equal([0.25, 0.25, 0.25, 0.25], sampler.Probabilities());
    }

    [Fact]
    public void LossSecondMoment_Warm_FollowsTheRootOfTheSecondMoment()
    {
        var sampler = new LossSecondMomentSampler(4);
        Observe(sampler, times: 5, 9, 9, 9, 9);      // pushed out by the next ten
        Observe(sampler, times: 10, 1, 2, 3, 4);
        double[] expected = [.. new[] { 0.1, 0.2, 0.3, 0.4 }.Select(p => (p * 0.999) + 0.00025)];
        GoldenFiles.Close(expected, sampler.Probabilities(), 1e-12);

        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var (steps, weights) = sampler.Draw(40_000, generator);
        long[] drawn = steps.ToArray<long>();
        for (int t = 0; t < 4; t++)
        {
            Assert.Equal(expected[t], drawn.Count(s => s == t) / 40_000.0, 0.01);
            Assert.Equal(1 / (4 * expected[t]), weights![Array.IndexOf(drawn, (long)t)].item<float>(), 1e-5);
        }

        Assert.Equal(1, weights!.mean().item<float>(), 0.02);
    }

    [Fact]
    public void LossSecondMoment_SavedAndLoaded_DrawsTheSame()
    {
        using var scope = NewDisposeScope();
        var sampler = new LossSecondMomentSampler(4);
        Observe(sampler, times: 13, 0.5f, 0.25f, 3, 1);
        var other = new LossSecondMomentSampler(4);
        other.Load(sampler.Save());
        Observe(sampler, times: 3, 7, 1, 1, 1);
        Observe(other, times: 3, 7, 1, 1, 1);
        Assert.Equal(sampler.Probabilities(), other.Probabilities());
        using var one = new Generator(8);
        using var two = new Generator(8);
        Assert.Equal(sampler.Draw(50, one).Steps.ToArray<long>(), other.Draw(50, two).Steps.ToArray<long>());
    }

    [Fact]
    public void LossSecondMoment_LossThatIsNoNumber_IsForgotten()
    {
        var sampler = new LossSecondMomentSampler(2);
        for (int i = 0; i < 10; i++) sampler.Observe([0, 1], [1, 1]);
        sampler.Observe([0, 1], [float.NaN, float.PositiveInfinity]);
        Assert.Equal([0.5, 0.5], sampler.Probabilities());
    }

    [Theory]
    [InlineData(NoiseScheduleKind.Karras)]
    [InlineData(NoiseScheduleKind.Linear)]
    public void LogNormal_AnySchedule_DrawsTheLogarithmOfNoiseNormally(NoiseScheduleKind kind)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var schedule = NoiseSchedule.Create(kind, 1000);
        var (steps, weights) = StepSampler.Create(StepSamplingKind.LogNormal, schedule).Draw(20_000, generator);
        Assert.Null(weights);
        double[] logs = [.. steps.ToArray<long>().Select(t => 0.5 * Math.Log((1 - schedule.AlphasCumprod[(int)t]) / schedule.AlphasCumprod[(int)t]))];
        double mean = logs.Average();
        Assert.Equal(-1.2, mean, 0.03);
        Assert.Equal(1.2, Math.Sqrt(logs.Average(x => (x - mean) * (x - mean))), 0.03);
    }

    private static void Observe(LossSecondMomentSampler sampler, int times, params float[] losses)
    {
        for (int i = 0; i < times; i++)
        {
            sampler.Observe([0, 1, 2, 3], losses.Length > 0 ? losses : [1, 1, 1, 1]);
        }
    }
}
