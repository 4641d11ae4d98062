using Leo.Lab.Training;

namespace Leo.Lab.Tests.Training;

public class LearningRatesTests
{
    private static readonly TrainingSettings Cosine = new()
    {
        Steps = 100,
        LearningRate = 1,
        FinalLearningRate = 0.2,
        Schedule = LearningRateSchedule.Cosine,
        WarmupSteps = 4,
    };

    [Theory]
    // warm-up (step + 1) / 4 times 0.2 + 0.8 (1 + cos(π p)) / 2
    [InlineData(0, 0, 0.25)]
    [InlineData(1, 0, 0.5)]
    [InlineData(3, 0, 1)]
    [InlineData(25, 0.25, 0.8828427124746190)]
    [InlineData(50, 0.5, 0.6)]
    [InlineData(99, 1, 0.2)]
    [InlineData(99, 7, 0.2)]
    public void At_Cosine_FollowsTheFormula(long step, double progress, double expected) =>
        Assert.Equal(expected, LearningRates.At(Cosine, step, progress), 1e-12);

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(4, 1)]
    [InlineData(99, 1)]
    public void At_Constant_StaysAfterWarmUp(long step, double expected) =>
        Assert.Equal(expected, LearningRates.At(Cosine with { Schedule = LearningRateSchedule.Constant }, step, 0.9), 1e-12);

    [Fact]
    public void At_CosineAfterWarmUp_NeverRises()
    {
        double last = double.PositiveInfinity;
        for (int step = 4; step <= 100; step++)
        {
            double rate = LearningRates.At(Cosine, step, step / 100.0);
            Assert.True(rate <= last);
            last = rate;
        }
    }

    [Theory]
    [InlineData(null, 50, 1000, 0.5)]
    [InlineData(10.0, 50, 1, 0.5)]
    [InlineData(10.0, 50, 9, 0.9)]
    [InlineData(10.0, 50, 99, 1)]
    public void Progress_StepsAndTime_TakesTheFurther(double? maxMinutes, long step, double minutes, double expected) =>
        Assert.Equal(expected, LearningRates.Progress(Cosine with { MaxMinutes = maxMinutes }, step, TimeSpan.FromMinutes(minutes)), 1e-12);
}
