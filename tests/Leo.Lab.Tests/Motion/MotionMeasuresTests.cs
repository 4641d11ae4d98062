using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class MotionMeasuresTests
{
    [Fact]
    public void Moments_OfSines_AreThoseOfSines()
    {
        using var scope = NewDisposeScope();
        // Whole periods of 64 frames: mean 0, variance ½ a², autocorrelation nearly cos(2π·lag/64), whatever the phase and offset.
        var t = arange(256, dtype: ScalarType.Float32).reshape(1, 256, 1) * (Math.Tau / 64);
        var codes = (t + arange(5).reshape(5, 1, 1)).sin() * tensor(new float[] { 1, 2 }) + tensor(new float[] { 3, 4 });

        var moments = CodeMoments.Of(codes, [1, 2]);

        Assert.Equal([3.0, 2.0], moments.Mean.Select(m => Math.Round(m, 4)));
        Assert.Equal([0.5, 0.5, 0.5, 0.5], moments.Covariance.Select(c => Math.Round(c, 4)));
        Assert.All(CodeMoments.Lags.Zip(moments.Autocorrelation), pair => Assert.Equal(Math.Cos(Math.Tau * pair.First / 64), pair.Second, 0.03));
        Assert.Equal((0.0, 0.0), (moments.MeanError(moments), moments.CovarianceError(moments)));
        var other = CodeMoments.Of(codes * 2, [1, 2]);
        Assert.Equal(3, other.CovarianceError(moments), 1e-4);
        Assert.Equal(Math.Sqrt((9 + 4) / 2.0), other.MeanError(moments), 1e-4);
    }

    [Fact]
    public void Joins_OfSteadyMotion_AreAsEverywhere_AndAJumpShows()
    {
        using var scope = NewDisposeScope();
        var line = arange(40, dtype: ScalarType.Float32).reshape(1, 40, 1).expand(2, 40, 3).contiguous();
        var steady = MotionJoins.Of(line, 16, [1, 1, 1])!;
        Assert.Equal(4, steady.Count);                                    // frames 15 and 30 of two videos
        Assert.Equal((1.0, 1.0, 0.0), (Math.Round(steady.Jump, 9), Math.Round(steady.Around, 9), steady.Jerk));

        line.narrow(1, 16, 24).add_(9);                                   // the step from frame 15 on is ten instead of one
        var broken = MotionJoins.Of(line, 16, [1, 1, 1])!;
        double mean = (38 + 10) / 39.0;
        Assert.Equal((10 + 1) / 2.0 / mean, broken.Jump, 1e-5);
        Assert.Equal((10 + 11) / 12.0 / mean, broken.Around, 1e-5);
        Assert.Equal(9 / 2.0 / (18 / 38.0), broken.Jerk, 1e-5);
    }

    [Fact]
    public void Joins_OfSequencesThatShareFour_AreAtTheLastShared()
    {
        using var scope = NewDisposeScope();
        var line = arange(40, dtype: ScalarType.Float32).reshape(1, 40, 1).expand(1, 40, 3).contiguous();
        line.narrow(1, 28, 12).add_(9);                                   // sequences end at frames 15, 27, …
        var joins = MotionJoins.Of(line, 16, [1, 1, 1], history: 4)!;
        Assert.Equal(2, joins.Count);
        Assert.Equal((10 + 1) / 2.0 / ((38 + 10) / 39.0), joins.Jump, 1e-5);
    }

    [Fact]
    public void Joins_OfOneSequence_AreNone() => Assert.Null(MotionJoins.Of(zeros(1, 16, 2), 16, [1, 1]));

    [Fact]
    public void Diversity_ComparesMotion_NotWhereItStarts()
    {
        using var scope = NewDisposeScope();
        var t = arange(10, dtype: ScalarType.Float32).reshape(1, 10, 1);
        var same = t.expand(3, 10, 2) + arange(3).reshape(3, 1, 1) * 7;
        Assert.Equal(0, MotionDiversity.Of(same, [1, 1]), 1e-6);
        var opposite = cat([t, -t], 0) * 0.5;                              // distance t: root mean square of 0 … 9
        Assert.Equal(Math.Sqrt(28.5) / 2, MotionDiversity.Of(opposite, [2]), 1e-5);
    }
}
