using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class ContentDistanceTests
{
    // Points 0, 3 and 3 + 4i of the plane: distances 3, 4 and 5.
    private static Tensor Triangle() => tensor(new float[] { 0, 0, 3, 0, 3, 4 }, [3, 2]);

    [Fact]
    public void Of_AllPairs_IsTheMeanOverPairs_AndConsecutiveOverNeighbours()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(4, ContentDistance.Of(Triangle()), 12);
        Assert.Equal(3.5, ContentDistance.Of(Triangle(), FramePairing.Consecutive), 12);
    }

    [Fact]
    public void Mean_OverVideos_CountsEachAlike_AndLeavesOutSingleFrames()
    {
        using var scope = NewDisposeScope();
        var rows = cat([Triangle(), zeros(1, 2), zeros(2, 2)], 0);
        var (distance, videos) = ContentDistance.Mean(rows, [7, 7, 7, 2, 9, 9]);
        Assert.Equal((2.0, 2), (distance, videos));
    }

    [Fact]
    public void Mean_WithoutAPair_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("a video with two frames", Assert.Throws<MetricException>(() => ContentDistance.Mean(rand(3, 2), [0, 1, 2])).Message);
        Assert.Throws<MetricException>(() => ContentDistance.Mean(rand(3, 2), [0, 0]));
    }
}
