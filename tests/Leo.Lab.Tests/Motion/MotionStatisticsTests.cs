using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class MotionStatisticsTests
{
    [Fact]
    public void Of_SteadyLine_HasItsSpeedAndNoAcceleration()
    {
        using var scope = NewDisposeScope();
        var line = arange(0, 10, dtype: ScalarType.Float32).reshape(1, 10, 1).expand(2, 10, 3) * tensor(new float[] { 2, 4, 6 });
        var statistics = MotionStatistics.Of(line, [2, 4, 6]);
        Assert.Equal(18, statistics.Speeds.Count);
        Assert.Equal(1, statistics.SpeedMean, 1e-5);
        Assert.Equal(0, statistics.AccelerationMean, 1e-5);
        Assert.Equal(Math.Sqrt(28.5), statistics.Travel, 1e-4);
        Assert.Equal(Math.Sqrt(8.25), statistics.Std[2], 1e-4);
    }

    [Fact]
    public void Against_Itself_IsOneAndZero()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var codes = randn([4, 16, 3], generator: generator);
        var real = MotionStatistics.Of(codes, [1, 1, 1]);
        var same = real.Against(real);
        Assert.Equal((1.0, 1.0, 1.0, 0.0), (same["speed"], same["acceleration"], same["travel"], same["speedDistance"]));
        var faster = MotionStatistics.Of(codes * 3, [1, 1, 1]).Against(real);
        Assert.Equal(3, faster["speed"], 1e-4);
        Assert.Equal(3, faster["std"], 1e-4);
        Assert.Equal(2, faster["speedDistance"], 1e-4);
    }
}
