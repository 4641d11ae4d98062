using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public class PerceptualDistanceTests
{
    private static readonly PerceptualDistance Pixels = new("pixels", images => [images, images.narrow(1, 0, 2)]);

    // Upper half: the same colour at other lengths, 0. Lower half: (1, 0, 0) against (0, 1, 0), 1² + 1² = 2 in both layers.
    [Fact]
    public void Of_IsWorkedOutByHand()
    {
        using var scope = NewDisposeScope();
        Tensor a = zeros(1, 3, 2, 2), b = zeros(1, 3, 2, 2);
        a.select(1, 0).fill_(1);
        b.select(1, 0).narrow(1, 0, 1).fill_(0.5);
        b.select(1, 1).narrow(1, 1, 1).fill_(0.25);
        Assert.Equal(1, Pixels.Of(a, b)[0], 6);
    }

    [Fact]
    public void Of_EqualFrames_IsZero()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(1, "perceptual");
        var a = rand([3, 3, 4, 4], generator: generator) * 2 - 1;
        Assert.Equal([0.0, 0, 0], Pixels.Of(a, a.clone()));
    }

    [Fact]
    public void Of_LengthOfTheFeatures_DoesNotMatter()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(2, "perceptual");
        var a = rand([1, 3, 4, 4], generator: generator);
        Assert.Equal(0, Pixels.Of(a, a * 0.5)[0], 9);
    }

    [Fact]
    public void Name_TellsTheNetwork() => Assert.Equal("lpips-style(pixels)", Pixels.Name);

    [Fact]
    public void Of_FramesThatDoNotPairUp_AreRefused() => Assert.Throws<ArgumentException>(() => Pixels.Of(zeros(2, 3, 4, 4), zeros(1, 3, 4, 4)));
}
