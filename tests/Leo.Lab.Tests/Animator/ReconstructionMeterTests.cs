using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

public class ReconstructionMeterTests
{
    [Fact]
    public void Score_HalfOfThePixelsMove_IsWorkedOutByHand()
    {
        using var scope = NewDisposeScope();
        // Source black-grey; the left column brightens by 1, the right one by 0.1 (under the threshold). Generated misses the left by 0.25.
        var source = zeros(1, 3, 2, 2);
        var driving = zeros(1, 3, 2, 2);
        driving[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Colon, 0] = 1;
        driving[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Colon, 1] = 0.1f;
        var generated = driving.clone();
        generated[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Colon, 0] = 0.75f;
        var meter = new ReconstructionMeter();
        meter.Add("a", source, source, driving, generated);

        var score = meter.Score();

        Assert.Equal(0.125, score.L1, 6);
        Assert.Equal(0.55, score.RepeatSourceL1, 6);
        Assert.Equal(0.25, score.MovingL1, 6);
        Assert.Equal(1, score.MovingRepeatSourceL1, 6);
        Assert.Equal(0.25, score.MovingRatio, 6);
        Assert.Equal(0.5, score.MovingShare, 6);
        Assert.Equal(10 * Math.Log10(4 / 0.03125), score.Psnr, 4); // mean square error 0.25²/2
        Assert.Equal(1, score.Frames);
    }

    [Fact]
    public void Score_RepeatingTheSource_EqualsTheBaseline()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(1, "meter");
        var source = rand([1, 3, 8, 8], generator: generator) * 2 - 1;
        var driving = rand([5, 3, 8, 8], generator: generator) * 2 - 1;
        var meter = new ReconstructionMeter();
        meter.Add("a", source, source, driving, source.expand(5, -1, -1, -1));

        var score = meter.Score();

        Assert.Equal(score.RepeatSourceL1, score.L1, 9);
        Assert.Equal(1, score.MovingRatio, 9);
    }

    [Fact]
    public void Add_InParts_EqualsAddingAtOnce()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(2, "meter");
        var source = rand([1, 3, 4, 4], generator: generator);
        var driving = rand([6, 3, 4, 4], generator: generator) * 2 - 1;
        var generated = rand([6, 3, 4, 4], generator: generator) * 2 - 1;
        var (whole, parts) = (new ReconstructionMeter(), new ReconstructionMeter());
        whole.Add("a", source, source, driving, generated);
        parts.Add("a", source, source, driving.narrow(0, 0, 2), generated.narrow(0, 0, 2));
        parts.Add("a", source, source, driving.narrow(0, 2, 4), generated.narrow(0, 2, 4));

        Assert.Equal(whole.Score().MovingL1, parts.Score().MovingL1, 9);
        Assert.Equal(whole.Score().Psnr, parts.Score().Psnr, 9);
        Assert.Equal(whole.Score().Agreement, parts.Score().Agreement, 9);
        Assert.Single(parts.Score().Videos);
    }

    [Fact]
    public void Score_HalfTheMotionOfOneVideoAndAnotherThatStands_IsToldVideoByVideo()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(3, "meter");
        var source = rand([1, 3, 8, 8], generator: generator) - 0.5;
        var driving = rand([5, 3, 8, 8], generator: generator) - 0.5;
        var first = source * 0.9; // what the animator makes of the source: its own blur is no motion
        var meter = new ReconstructionMeter();
        meter.Add("half", source, first, driving, first + (driving - source) * 0.5);
        meter.Add("still", source, first, driving, first.expand(5, -1, -1, -1));
        meter.Add("back", source, first, driving, first - (driving - source) * 0.5);

        var videos = meter.Score().Videos;

        Assert.Equal(["half", "still", "back"], videos.Select(v => v.Video));
        Assert.Equal((1.0, 0.5), (Math.Round(videos[0].Agreement, 5), Math.Round(videos[0].Gain, 5)));
        Assert.Equal((0.0, 0.0), (videos[1].Agreement, videos[1].Gain));
        Assert.Equal((-1.0, -0.5), (Math.Round(videos[2].Agreement, 5), Math.Round(videos[2].Gain, 5)));
        Assert.Equal(videos[1].FrozenRatio, videos[1].MovingRatio, 6);       // a still scores what its first output scores
        Assert.Equal([true, false, false], videos.Select(v => v.Moves));
        Assert.Equal("2 of 3 videos do not move (agreement or gain below 0.3): still, back", meter.Score().StillVideos());
        Assert.Equal((0.0, 0.0), (Math.Round(meter.Score().Agreement, 5), Math.Round(meter.Score().Gain, 5)));
    }

    [Fact]
    public void Score_NothingMoves_HasNoMovingNumber()
    {
        using var scope = NewDisposeScope();
        var meter = new ReconstructionMeter();
        meter.Add("a", zeros(1, 3, 4, 4), zeros(1, 3, 4, 4), zeros(2, 3, 4, 4), zeros(2, 3, 4, 4));
        Assert.True(double.IsNaN(meter.Score().MovingL1));
        Assert.Equal(0, meter.Score().L1);
    }

    [Fact]
    public void Add_GeneratedBeyondTheRange_CountsAsClamped()
    {
        using var scope = NewDisposeScope();
        var meter = new ReconstructionMeter();
        meter.Add("a", zeros(1, 3, 4, 4), zeros(1, 3, 4, 4), ones(1, 3, 4, 4), ones(1, 3, 4, 4) * 3);
        Assert.Equal(0, meter.Score().L1, 12);
    }

    [Fact]
    public void Add_ShapesThatDoNotFit_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new ReconstructionMeter().Add("a", zeros(1, 3, 4, 4), zeros(1, 3, 4, 4), zeros(2, 3, 4, 4), zeros(3, 3, 4, 4)));
}
