using Leo.Lab.Diffusion;

namespace Leo.Lab.Tests.Diffusion;

public sealed class RespacingTests
{
    [Fact]
    public void Timesteps_Ddim50_AreThePublishedOnes() => Assert.Equal(
        GoldenFiles.Read("diffusion_linear.json").GetProperty("respace_ddim50").Ints(), Respacing.Timesteps(1000, "ddim50"));

    [Fact]
    public void Respace_Ddim50_HasThePublishedBetas()
    {
        var respaced = Respacing.Respace(NoiseSchedule.Linear(1000), Respacing.Timesteps(1000, "ddim50"));
        GoldenFiles.Close(GoldenFiles.Read("diffusion_linear.json").GetProperty("respace_betas_ddim50").Doubles(), respaced.Betas, 1e-12);
    }

    [Theory]
    [InlineData(300, "10,15,20", "sections_300_10_15_20")]
    [InlineData(1000, "250", "sections_1000_250")]
    [InlineData(10, "3,1", "sections_10_3_1")]
    public void Timesteps_Sections_AreEvenlySpacedInEach(int steps, string spec, string golden) =>
        Assert.Equal(GoldenFiles.Read("schedules.json").GetProperty(golden).Ints(), Respacing.Timesteps(steps, spec));

    [Fact]
    public void Respace_SomeSteps_KeepsTheirNoiseLevels()
    {
        var schedule = NoiseSchedule.Cosine(100);
        int[] kept = [0, 7, 30, 99];
        GoldenFiles.Close([.. kept.Select(t => schedule.AlphasCumprod[t])], Respacing.Respace(schedule, kept).AlphasCumprod, 1e-12);
    }

    [Theory]
    [InlineData(1000, "ddim60")]
    [InlineData(1000, "ddim")]
    [InlineData(1000, "ddim0")]
    [InlineData(10, "11")]
    [InlineData(10, "6,5")]
    [InlineData(10, "a")]
    [InlineData(10, "3,")]
    public void Timesteps_Impossible_IsRefused(int steps, string spec) =>
        Assert.Throws<ArgumentException>(() => Respacing.Timesteps(steps, spec));

    [Fact]
    public void EvenInLogSnr_TenOfThousand_AreTheReferences() => Assert.Equal(
        GoldenFiles.Read("samplers.json").GetProperty("dpm_solver").GetProperty("keep").Ints(),
        Respacing.EvenInLogSnr(NoiseSchedule.Linear(1000), 10));

    [Theory]
    [InlineData(1000, 300)]
    [InlineData(1000, 1000)]
    [InlineData(30, 29)]
    [InlineData(1000, 1)]
    public void EvenInLogSnr_AnyCount_GivesSoManyDifferentSteps(int steps, int count)
    {
        var kept = Respacing.EvenInLogSnr(NoiseSchedule.Linear(steps), count);
        Assert.Equal(count, kept.Distinct().Count());
        Assert.Equal(kept.Order(), kept);
        Assert.Equal(steps - 1, kept[^1]);
        Assert.InRange(kept[0], 0, steps - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void EvenInLogSnr_MoreThanThereAre_IsRefused(int count) =>
        Assert.Throws<ArgumentException>(() => Respacing.EvenInLogSnr(NoiseSchedule.Linear(30), count));
}
