using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class WrongStartTests
{
    [Fact]
    public void Shift_MovesTheFirstCodeMost_AndLeavesTheSecondHalfAlone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var codes = randn([400, 16, 2], generator: generator);

        var delta = WrongStart.Shift(codes, [1, 10], 0.5, generator) - codes;

        Assert.True(delta.narrow(1, 8, 8).abs().max().item<float>() < 1e-5);
        // One direction in a sequence, less and less of it: cosine weights 1, …, ½ at a quarter of the way.
        var first = delta.select(1, 0);
        Assert.True((delta.select(1, 4) - first / 2).abs().max().item<float>() < 1e-4);
        // u·0.5 times the scale, u uniform: its root mean square is 0.5/√3.
        float[] deviation = first.square().mean([0L]).sqrt().ToArray<float>();
        Assert.Equal(0.5 / Math.Sqrt(3), deviation[0], 0.03);
        Assert.Equal(5 / Math.Sqrt(3), deviation[1], 0.3);
    }

    [Fact]
    public void Shift_SameGenerator_GivesTheSame()
    {
        using var scope = NewDisposeScope();
        var codes = ones(3, 8, 2);
        Assert.Equal(Shifted(5), Shifted(5));
        Assert.NotEqual(Shifted(5), Shifted(6));

        float[] Shifted(ulong seed)
        {
            using var generator = new Generator(seed);
            return WrongStart.Shift(codes, [1, 1], 1, generator).ToArray<float>();
        }
    }
}
