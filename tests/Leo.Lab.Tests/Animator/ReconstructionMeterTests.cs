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
        meter.Add(source, driving, generated);

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
        meter.Add(source, driving, source.expand(5, -1, -1, -1));

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
        whole.Add(source, driving, generated);
        parts.Add(source, driving.narrow(0, 0, 2), generated.narrow(0, 0, 2));
        parts.Add(source, driving.narrow(0, 2, 4), generated.narrow(0, 2, 4));

        Assert.Equal(whole.Score().MovingL1, parts.Score().MovingL1, 9);
        Assert.Equal(whole.Score().Psnr, parts.Score().Psnr, 9);
    }

    [Fact]
    public void Score_NothingMoves_HasNoMovingNumber()
    {
        using var scope = NewDisposeScope();
        var meter = new ReconstructionMeter();
        meter.Add(zeros(1, 3, 4, 4), zeros(2, 3, 4, 4), zeros(2, 3, 4, 4));
        Assert.True(double.IsNaN(meter.Score().MovingL1));
        Assert.Equal(0, meter.Score().L1);
    }

    [Fact]
    public void Add_GeneratedBeyondTheRange_CountsAsClamped()
    {
        using var scope = NewDisposeScope();
        var meter = new ReconstructionMeter();
        meter.Add(zeros(1, 3, 4, 4), ones(1, 3, 4, 4), ones(1, 3, 4, 4) * 3);
        Assert.Equal(0, meter.Score().L1, 12);
    }

    [Fact]
    public void Add_ShapesThatDoNotFit_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new ReconstructionMeter().Add(zeros(1, 3, 4, 4), zeros(2, 3, 4, 4), zeros(3, 3, 4, 4)));
}
