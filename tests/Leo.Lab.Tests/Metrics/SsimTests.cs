using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class SsimTests
{
    // sin(0.7c + 0.31(k+1)y + 0.17x(c+1))·0.8 + 0.1·cos(1.3x − 0.4y(k+1)), 3×13×16, for k = 0 and 1.
    private static Tensor Pattern(int k)
    {
        float[,,] values = new float[3, 13, 16];
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < 13; y++)
            {
                for (int x = 0; x < 16; x++)
                    values[c, y, x] = (float)((Math.Sin((0.7 * c) + (0.31 * (k + 1) * y) + (0.17 * x * (c + 1))) * 0.8) + (0.1 * Math.Cos((1.3 * x) - (0.4 * y * (k + 1)))));
            }
        }

        return tensor(values).unsqueeze(0);
    }

    // numpy, straight from the paper: for every place the moments weighted by exp(−r²/4.5) over 11×11, K₁ = 0.01, K₂ = 0.03,
    // L = 1 on (x + 1)/2; mean over places and channels.
    [Fact]
    public void Of_EqualsAnIndependentNumpyImplementation()
    {
        using var scope = NewDisposeScope();
        var a = Pattern(0);
        Assert.Equal(-0.18791408424121625, Ssim.Of(a, Pattern(1))[0], 6);
        Assert.Equal(0.9518197420263285, Ssim.Of(a, a * 0.8 + 0.1)[0], 6);
    }

    [Fact]
    public void Of_EqualFrames_IsOne_AndTheOrderDoesNotMatter()
    {
        using var scope = NewDisposeScope();
        Tensor a = Pattern(0), b = Pattern(1);
        Assert.Equal(1, Ssim.Of(a, a)[0], 12);
        Assert.Equal(Ssim.Of(a, b)[0], Ssim.Of(b, a)[0], 12);
    }

    [Fact]
    public void Of_OneFrameForAll_EqualsEachByItself()
    {
        using var scope = NewDisposeScope();
        Tensor a = Pattern(0), b = Pattern(1);
        double[] both = Ssim.Of(a, cat([a, b], 0));
        Assert.Equal(1, both[0], 12);
        Assert.Equal(Ssim.Of(a, b)[0], both[1], 12);
    }

    [Fact]
    public void Of_ValuesBeyondTheRange_CountAsClamped()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1, Ssim.Of(ones(1, 3, 11, 11) * 3, ones(1, 3, 11, 11))[0], 12);
    }

    [Fact]
    public void Of_FramesSmallerThanTheWindow_AreRefused() =>
        Assert.Contains("11×11", Assert.Throws<ArgumentException>(() => Ssim.Of(zeros(1, 3, 10, 16), zeros(1, 3, 10, 16))).Message);

    [Fact]
    public void Of_FramesThatDoNotPairUp_AreRefused() =>
        Assert.Throws<ArgumentException>(() => Ssim.Of(zeros(2, 3, 16, 16), zeros(3, 3, 16, 16)));
}
