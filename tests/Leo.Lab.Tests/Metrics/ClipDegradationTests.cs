using Leo.Lab.Data.Puppets;
using Leo.Lab.Metrics;
using Leo.Lab.Experiments.Extractor;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class ClipDegradationTests
{
    // Frame t has the level 10t, the other clip 200 + t.
    private static (Tensor Clip, Tensor Other) Clips() =>
        ((arange(10, dtype: float32) * 10).reshape(10, 1, 1, 1).expand(10, 3, 16, 16).contiguous(), (arange(10, dtype: float32) + 200).reshape(10, 1, 1, 1).expand(10, 3, 16, 16).contiguous());

    private static float[] Levels(ClipDegradationKind kind, double strength)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var (clip, other) = Clips();
        return ClipDegradation.Apply(kind, strength, clip, other, generator).mean([1L, 2L, 3L]).ToArray<float>();
    }

    private static readonly float[] Whole = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];

    [Theory]
    [InlineData(ClipDegradationKind.Noise)]
    [InlineData(ClipDegradationKind.Blur)]
    [InlineData(ClipDegradationKind.Shuffle)]
    [InlineData(ClipDegradationKind.Freeze)]
    [InlineData(ClipDegradationKind.Swap)]
    public void Apply_WithoutStrength_ChangesNothing(ClipDegradationKind kind) => Assert.Equal(Whole, Levels(kind, 0));

    [Fact]
    public void Apply_ToTheOrder_MovesTheShareOfFramesAsked()
    {
        Assert.Equal(Whole, Levels(ClipDegradationKind.Shuffle, 0.5).Order());
        Assert.Equal(3, Levels(ClipDegradationKind.Shuffle, 0.5).Zip(Whole).Count(f => f.First != f.Second));
        Assert.Equal(10, Levels(ClipDegradationKind.Shuffle, 1).Zip(Whole).Count(f => f.First != f.Second));
        Assert.Equal([0f, 10, 20, 30, 40, 50, 50, 50, 50, 50], Levels(ClipDegradationKind.Freeze, 0.4));
        Assert.Equal(new float[10], Levels(ClipDegradationKind.Freeze, 1));
        Assert.Equal([0f, 10, 20, 30, 40, 50, 60, 207, 208, 209], Levels(ClipDegradationKind.Swap, 0.6));
    }

    [Fact]
    public void Apply_NoiseAndBlur_HaveTheDeviationAsked()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var grey = full([2, 3, 64, 64], 128f);
        Assert.Equal(24, (ClipDegradation.Apply(ClipDegradationKind.Noise, 0.5, grey, grey, generator) - grey).square().mean().sqrt().item<float>(), 0.5);
        // A line keeps its light and spreads to σ = 1.5 pixels of 64.
        var line = zeros(2, 3, 64, 64);
        line.narrow(3, 32, 1).fill_(255);
        var blurred = ClipDegradation.Apply(ClipDegradationKind.Blur, 0.5, line, line, generator)[0, 0, 20];
        var at = arange(64, dtype: float32) - 32;
        Assert.Equal(255, blurred.sum().item<float>(), 0.1);
        Assert.Equal(1.5, Math.Sqrt((blurred * at.square()).sum().item<float>() / 255), 0.05);
    }

    [Fact]
    public void Apply_WhatDoesNotPairUp_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        Assert.Throws<ArgumentException>(() => ClipDegradation.Apply(ClipDegradationKind.Swap, 0.5, zeros(4, 3, 8, 8), zeros(5, 3, 8, 8), generator));
        Assert.Throws<ArgumentException>(() => ClipDegradation.Apply(ClipDegradationKind.Swap, 1.5, zeros(4, 3, 8, 8), zeros(4, 3, 8, 8), generator));
    }

    // An extractor of brightness and of change sees the curves that it can: noise adds change, stillness takes it away.
    [Fact]
    public void Run_AnExtractorOfChange_RisesWithNoise_AndIsTheSameForTheSameSeed()
    {
        using var extractor = new ChangeExtractor();
        SensitivityReport Run() => new SensitivityEvaluation(extractor, PuppetKind.Faces, 3) { Clips = 8, Frames = 4, Stride = 2 }.Run();
        var report = Run();
        Assert.Equal(["noise", "blur", "shuffle", "freeze", "swap", "motion"], report.Curves.Keys);
        Assert.All(report.Curves.Values, c => Assert.Equal(5, c.Count));
        Assert.True(report.Rises("noise"));
        Assert.Equal(report.Curves["shuffle"], Run().Curves["shuffle"]);
    }

    [Fact]
    public void Rises_ACurveThatStandsStill_DoesNot()
    {
        var report = new SensitivityReport("x", "faces", 8, 1, new Dictionary<string, IReadOnlyList<double>> { ["a"] = [2, 3, 4], ["b"] = [2, 2, 4], ["c"] = [1, 2, 3] });
        Assert.Equal((true, false, false, false), (report.Rises("a"), report.Rises("b"), report.Rises("c"), report.Monotone));
    }

    private sealed class ChangeExtractor : IVideoExtractor
    {
        public void MoveTo(Device device)
        {
        }

        public string Name => "change";

        public string Weights => "none";

        public int LeastFrames => 2;

        public Tensor Features(Tensor frames, ClipResize resize)
        {
            using var scope = NewDisposeScope();
            var change = (frames.narrow(0, 1, frames.shape[0] - 1) - frames.narrow(0, 0, frames.shape[0] - 1)).abs().mean();
            return stack([frames.mean(), change], 0).unsqueeze(0).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
        }
    }
}
