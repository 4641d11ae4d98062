using Leo.Lab.Data.Puppets;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class MotionRepetitionTests
{
    private const int Frames = 512;

    [Fact]
    public void Of_PuppetsThatFollowAPattern_FindsIt_AndNoneWhereTheyImprovise()
    {
        using var scope = NewDisposeScope();
        var patterned = BodyPattern.All.Select((pattern, i) => Poses(pattern.Perform(i, Frames))).ToList();
        var improvised = Enumerable.Range(0, 20).Select(i => Poses(BodyImprovisation.Perform(i, Frames, 25))).ToList();
        float[] scale = cat([.. patterned, .. improvised], 0).std(0).clamp(1e-6).ToArray<float>();

        double repeat = patterned.Average(p => MotionRepetition.Of(p, scale).Repeats ? 1.0 : 0);
        double wrongly = improvised.Average(p => MotionRepetition.Of(p, scale).Repeats ? 1.0 : 0);

        Assert.True(repeat > 0.9, $"{repeat}");
        Assert.True(wrongly < 0.1, $"{wrongly}");
    }

    [Fact]
    public void Of_APeriodicMotion_FindsAllOfIt_WhereverItIsMade()
    {
        using var scope = NewDisposeScope();
        var t = arange(300, dtype: ScalarType.Float32).unsqueeze(1) * (Math.Tau / 100);
        var codes = cat([t.sin(), (t + 1).sin() * 2, (t * 2).cos() * 3], 1);
        codes.narrow(0, 150, 150).add_(5);                                  // only the 63 stretches across this step have no like

        var repetition = MotionRepetition.Of(codes, [1, 2, 3]);

        Assert.Equal(1, repetition.Nearest, 1e-4);
        Assert.True(repetition.Repeats);
        Assert.True(repetition.Share > 0.65, $"{repetition.Share}");
    }

    [Fact]
    public void Of_Stillness_IsNoRepetition()
    {
        using var scope = NewDisposeScope();
        var repetition = MotionRepetition.Of(ones(200, 4) * 3 + randn(200, 4) * 1e-3, [1, 1, 1, 1]);
        Assert.Equal(new MotionRepetition(-1, 0), repetition);
        Assert.False(repetition.Repeats);
    }

    [Fact]
    public void Of_ADifferentSpeed_IsNoRepetition()
    {
        using var scope = NewDisposeScope();
        var t = arange(64, dtype: ScalarType.Float32).unsqueeze(1) * (Math.Tau / 64);
        var codes = cat([cat([t.sin(), t.cos()], 1), cat([(t * 3).sin(), (t * 3).cos()], 1)], 0);
        Assert.True(MotionRepetition.Of(codes, [1, 1]).Nearest < 0.1);
    }

    [Fact]
    public void Of_TooFewFrames_IsRefused() => Assert.Throws<ArgumentException>(() => MotionRepetition.Of(zeros(2 * MotionRepetition.Window - 1, 2), [1, 1]));

    private static Tensor Poses(BodyPose[] poses) => tensor(poses.SelectMany(p => p.ToArray()).ToArray(), [poses.Length, BodyPose.Names.Count]);
}
