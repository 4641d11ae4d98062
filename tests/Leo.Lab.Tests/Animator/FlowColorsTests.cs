using Leo.Lab.Animator;

namespace Leo.Lab.Tests.Animator;

public class FlowColorsTests
{
    [Fact]
    public void Wheel_Has55Colours() => Assert.Equal(55, FlowColors.WheelLength);

    [Fact]
    public void ToRgb_NoMotion_IsWhite() => Assert.Equal([255, 255, 255], FlowColors.ToRgb([0f], [0f], 1));

    // The benchmark's wheel (Baker et al. 2007) starts at red for motion to the right: atan2(-0, -1) = -π.
    [Fact]
    public void ToRgb_FullMotionToTheRight_IsRed()
    {
        byte[] rgb = FlowColors.ToRgb([1f], [0f], 1);
        Assert.Equal(255, rgb[0]);
        Assert.InRange(rgb[1], 0, 20);
        Assert.InRange(rgb[2], 0, 45);
    }

    [Fact]
    public void ToRgb_OppositeDirections_DifferInEveryAxis()
    {
        Assert.NotEqual(FlowColors.ToRgb([1f], [0f], 1), FlowColors.ToRgb([-1f], [0f], 1));
        Assert.NotEqual(FlowColors.ToRgb([0f], [1f], 1), FlowColors.ToRgb([0f], [-1f], 1));
    }

    [Fact]
    public void ToRgb_HalfTheMotion_IsNearerToWhite()
    {
        byte[] half = FlowColors.ToRgb([0f], [0.5f], 1);
        byte[] full = FlowColors.ToRgb([0f], [1f], 1);
        Assert.True(half.Sum(b => b) > full.Sum(b => b));
    }

    [Fact]
    public void ToRgb_BeyondTheLongest_IsDarker()
    {
        byte[] full = FlowColors.ToRgb([0f], [1f], 1);
        byte[] beyond = FlowColors.ToRgb([0f], [2f], 1);
        Assert.True(beyond.Sum(b => b) < full.Sum(b => b));
    }

    [Fact]
    public void ToRgb_UnknownFlow_IsBlack() => Assert.Equal([0, 0, 0], FlowColors.ToRgb([float.NaN], [0f], 1));

    [Fact]
    public void Longest_OfStillness_IsTheFloor() => Assert.Equal(1e-3f, FlowColors.Longest([0f], [0f]));

    [Fact]
    public void Longest_IsTheLengthOfTheLongestVector() => Assert.Equal(5f, FlowColors.Longest([3f, 1f], [-4f, 1f]));

    [Fact]
    public void ToRgb_UnequalLengths_AreRefused() => Assert.Throws<ArgumentException>(() => FlowColors.ToRgb([0f, 0f], [0f], 1));
}
