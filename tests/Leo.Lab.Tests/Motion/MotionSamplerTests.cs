using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Motion;

public sealed class MotionSamplerTests
{
    private static readonly SamplerSpec Few = SamplerSpec.Parse("ddim:4:1");

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(50)]
    public void Sample_AnyLength_BeginsWithAlpha1AndWithTheShorterSample(int frames)
    {
        using var model = MotionModelTests.Shaken(MotionModelTests.Narrow);
        using var scope = NewDisposeScope();
        var sampler = new MotionSampler(model, Few);
        var alpha1 = ones(2, 4) * 0.3;
        var whole = sampler.Sample(alpha1, 61, [1, 2]);
        var part = sampler.Sample(alpha1, frames, [1, 2]);
        Assert.Equal([2, frames, 4], part.shape);
        Assert.Equal(alpha1.bytes.ToArray(), whole.select(1, 0).contiguous().bytes.ToArray());
        Assert.Equal(whole.narrow(1, 0, frames).contiguous().bytes.ToArray(), part.bytes.ToArray());
    }

    [Fact]
    public void Sample_SecondSequence_ContinuesFromTheLastCode()
    {
        using var model = MotionModelTests.Shaken(MotionModelTests.Narrow);
        using var scope = NewDisposeScope();
        var whole = new MotionSampler(model, Few).Sample(ones(1, 4), 31, [5]);

        // The same by hand: one noise stream, the 16th code as the second sequence's α₁.
        using var noise = new SeededNoise([5], "motion", model.NoiseShape);
        var sampler = Few.Build(model.Diffusion);
        var first = model.Sample(sampler, ones(1, 4), noise.Next);
        var second = model.Sample(sampler, first.select(1, 15), noise.Next);
        Assert.Equal(cat([first, second.narrow(1, 1, 15)], 1).bytes.ToArray(), whole.bytes.ToArray());
    }

    [Fact]
    public void Sample_History_ContinuesFromTheLastCodes()
    {
        using var model = MotionModelTests.Shaken(MotionModelTests.Narrow with { History = 4 });
        using var scope = NewDisposeScope();
        var sampler = new MotionSampler(model, Few);
        var whole = sampler.Sample(ones(1, 4), 28, [5]);

        // The same by hand: the second sequence is given the last four of the first, and adds twelve.
        using var noise = new SeededNoise([5], "motion", model.NoiseShape);
        var first = model.Sample(Few.Build(model.Diffusion), ones(1, 4), noise.Next);
        var second = model.Sample(Few.Build(model.Diffusion), first.narrow(1, 12, 4), noise.Next);
        Assert.Equal(cat([first, second.narrow(1, 4, 12)], 1).bytes.ToArray(), whole.bytes.ToArray());
        Assert.Equal(2 * Few.Steps!.Value, sampler.Steps(28));
        Assert.Equal(3 * Few.Steps!.Value, sampler.Steps(29));
    }

    [Fact]
    public void Sample_MoreVideos_LeavesEachAsItWas()
    {
        using var model = MotionModelTests.Shaken(MotionModelTests.Narrow);
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var alpha1 = randn([3, 4], generator: generator);
        var sampler = new MotionSampler(model, Few);
        var all = sampler.Sample(alpha1, 40, [10, 11, 12]);
        var one = sampler.Sample(alpha1.narrow(0, 1, 1), 40, [11]);
        Assert.True(all.narrow(0, 1, 1).allclose(one, 1e-4, 1e-4));
        Assert.False(all.narrow(0, 0, 1).allclose(one, 1e-2, 1e-2));
    }

    [Fact]
    public void Stream_FramesInScopesOfTheCaller_EqualTheSample()
    {
        using var model = MotionModelTests.Shaken(MotionModelTests.Narrow);
        var sampler = new MotionSampler(model, Few);
        using var alpha1 = ones(2, 4);
        using var expected = sampler.Sample(alpha1, 40, [1, 2]);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        int frame = 0;
        using (var codes = sampler.Stream(alpha1, [1, 2]).GetEnumerator())
        {
            for (; frame < 40; frame++)
            {
                using var scope = NewDisposeScope();
                Assert.True(codes.MoveNext());
                Assert.Equal(expected.select(1, frame).contiguous().bytes.ToArray(), codes.Current.bytes.ToArray());
            }
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Sample_SeedsAndFirstCodesDiffer_IsRefused()
    {
        using var model = MotionModel.Create(MotionModelTests.Narrow, ToyCodes.Make(), 0);
        using var scope = NewDisposeScope();
        var sampler = new MotionSampler(model, Few);
        Assert.Throws<ArgumentException>(() => sampler.Sample(ones(2, 4), 16, [1]));
        Assert.Throws<ArgumentException>(() => sampler.Sample(null, 16, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Sample(ones(1, 4), 0, [1]));
    }
}
