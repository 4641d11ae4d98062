using Leo.Lab.Diffusion;
using Leo.Lab.Experiments;
using Leo.Lab.Motion;
using Leo.Lab.Tests.Motion;

namespace Leo.Lab.Tests.Experiments;

public sealed class MotionEvaluationTests
{
    private static readonly SampleRequest Request = new() { Count = 5, Frames = 16, Sampler = SamplerSpec.Parse("ddim:4"), Seed = 3 };

    [Fact]
    public void Run_ConditionalModel_MeasuresAll_AndIsDeterministic()
    {
        var codes = ToyCodes.Make(frames: 160);
        using var model = Model(codes, conditional: true);
        var score = new MotionEvaluation(model, codes).Run(Request with { Frames = 144 });

        Assert.Equal("real videos", score.FirstCodes);
        Assert.Equal((5, 144), (score.Videos, score.Frames));
        Assert.True(score.Frechet > score.FrechetReal && score.FrechetReal >= 0);
        Assert.Equal(CodeMoments.Lags.Count, score.Autocorrelation.Count);
        Assert.NotNull(score.Diversity);
        Assert.NotNull(score.Joins);
        Assert.InRange(score.RepeatedMotion!.Value, 0, 1);
        Assert.Equal(1, score.RepeatedMotionReal!.Value, 9);               // sines come again
        Assert.Equal(Enumerable.Range(1, 2).Select(k => k * 47), score.Drift.Select(d => d.From));
        Assert.Equal(Json.WriteLine(score), Json.WriteLine(new MotionEvaluation(model, codes).Run(Request with { Frames = 144 })));
    }

    [Fact]
    public void Run_RealFirstCodes_ComeFromTheData_AndTheModelFromItsSeed()
    {
        var codes = ToyCodes.Make(frames: 160);
        using var model = Model(codes, conditional: true);
        var first = new MotionEvaluation(model, codes).Run(Request with { Frames = 48 });
        var second = new MotionEvaluation(model, codes).Run(Request with { Frames = 48, Seed = 4 });
        Assert.NotEqual(first.Frechet, second.Frechet);
        Assert.Null(first.RepeatedMotion);
        Assert.Null(first.Joins);
        Assert.Empty(first.Drift);
    }

    [Fact]
    public void Run_WithoutTheCondition_HasNoDiversity_AndOnlyItsLength()
    {
        var codes = ToyCodes.Make(frames: 160);
        using var model = Model(codes, conditional: false);
        var score = new MotionEvaluation(model, codes).Run(Request with { Frames = 48 });
        Assert.Equal("the model", score.FirstCodes);
        Assert.Null(score.Diversity);
        Assert.Throws<LeoException>(() => new MotionEvaluation(model, codes).Run(Request with { Frames = 64 }));
    }

    [Fact]
    public void Run_OtherCodes_AreRefused()
    {
        var codes = ToyCodes.Make(frames: 160);
        using var model = Model(codes, conditional: true);
        Assert.Contains("numbers", Assert.Throws<LeoException>(() => new MotionEvaluation(model, ToyCodes.Make(frames: 160, dim: 5)).Run(Request with { Frames = 48 })).Message);
        Assert.Contains("expected 4", Assert.Throws<LeoException>(() => new MotionEvaluation(model, ToyCodes.Make(videos: 3, frames: 160)).Run(Request with { Frames = 48 })).Message);
    }

    private static MotionModel Model(CodeSequences codes, bool conditional) => MotionModel.Create(new MotionSettings
    {
        Length = 48,
        Dim = codes.Dim,
        LinearMotionCondition = conditional,
        Diffusion = new() { Steps = 50 },
        Network = new() { BaseChannels = 8, ChannelMult = [1, 2], AttentionRates = [], NormGroups = 4 },
    }, codes, 0);
}
