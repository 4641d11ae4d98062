using Leo.Lab.Display.Plots;

namespace Leo.Lab.Tests.Display;

public class AxisTicksTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3.7, 12.2)]
    [InlineData(1e-6, 3e-6)]
    [InlineData(-250_000, -100)]
    public void Cover_SpansTheData_WithEvenSteps(double least, double most)
    {
        var ticks = AxisTicks.Cover(least, most);

        Assert.True(ticks[0] <= least + 1e-12 && ticks[^1] >= most - 1e-12);
        Assert.InRange(ticks.Count, 3, 12);
        double step = ticks[1] - ticks[0];
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(step, pair.Second - pair.First, step * 1e-9));
    }

    [Fact]
    public void Cover_OfOneValue_MakesRoomAroundIt()
    {
        var ticks = AxisTicks.Cover(3, 3);
        Assert.True(ticks[0] < 3 && ticks[^1] > 3);
    }

    [Fact]
    public void Within_KeepsInside() => Assert.All(AxisTicks.Within(0, 63), tick => Assert.InRange(tick, 0, 63));
}
