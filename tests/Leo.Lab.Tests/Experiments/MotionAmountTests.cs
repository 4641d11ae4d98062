using Leo.Lab.Experiments;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Experiments;

public class MotionAmountTests
{
    [Fact]
    public void Of_EvenChange_IsTheChange()
    {
        using var scope = NewDisposeScope();
        var frames = tensor(new[] { -0.5f, -0.25f, 0f, 0.25f }).reshape(4, 1, 1, 1).expand(4, 3, 2, 2);
        Assert.Equal(0.25, MotionAmount.Of(frames), 6);
    }

    [Fact]
    public void Of_OneFrame_IsRefused() => Assert.Throws<ArgumentException>(() => MotionAmount.Of(zeros(1, 3, 2, 2)));
}
