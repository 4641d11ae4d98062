using Leo.Lab.Data;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Data;

public sealed class ColourJitterTests(SamplerFixture data) : IClassFixture<SamplerFixture>
{
    // Six pixels in [0, 1], and what Python's colorsys (hue) and torchvision's formulas (the others) make of them.
    private static readonly float[] Pixels = [0.9f, 0.2f, 0.1f, 0.1f, 0.5f, 0.4f, 0.25f, 0.25f, 0.8f, 0.6f, 0.6f, 0.6f, 0, 1, 0.3f, 1, 0.9f, 0.95f];

    private static readonly double[] BrightnessFirst =
    [
        0.938188, -0.749204, -0.251424, -0.746310, 0.097386, -0.467890, -0.424267, 0.062967, 0.735815,
        0.285114, 0.285114, 0.285114, -0.790710, 0.974802, -0.978198, 0.918398, 0.886682, 0.941366,
    ];

    private static readonly double[] HueFirst =
    [
        0.694871, 0.190763, -0.809929, -0.751943, -0.217739, 0.000457, 0.073619, -0.485038, 0.549512,
        0.139370, 0.139370, 0.139370, -0.886640, 0.823360, 0.576648, 0.823360, 0.654386, 0.646862,
    ];

    public static TheoryData<ColourChange, double[]> Changes => new()
    {
        { new ColourChange(1.08, 0.93, 1.05, -0.07, 0), BrightnessFirst },
        { new ColourChange(0.95, 0.9, 1.1, 0.09, 23), HueFirst },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Apply_IsTorchvisions(ColourChange change, double[] expected)
    {
        using var scope = NewDisposeScope();
        var frame = tensor(Pixels).reshape(6, 3).transpose(0, 1).reshape(1, 3, 2, 3) * 2 - 1;

        float[] changed = ColourJitter.Apply(frame, change).reshape(3, 6).transpose(0, 1).flatten().contiguous().ToArray<float>();

        Assert.All(expected.Zip(changed), pair => Assert.Equal(pair.First, pair.Second, 5e-5));
    }

    [Fact]
    public void Apply_WithoutAChange_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var frames = rand(2, 3, 4, 4) * 2 - 1;
        Assert.True((ColourJitter.Apply(frames, new ColourChange(1, 1, 1, 0)) - frames).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Pairs_Jittered_DependOnTheGeneratorAlone()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Next(7, 0.1), Next(7, 0.1));
        var (plain, jittered) = (Next(7, 0), Next(7, 0.1));
        Assert.NotEqual(plain, jittered);

        var change = ColourChange.Draw([0.5, 0.5, 0.5, 0.5, 0], 0.1);
        Assert.Equal(new ColourChange(1, 1, 1, 0), change);
        var strongest = ColourChange.Draw([0, 0, 0, 0, 0.999], 0.25);
        Assert.Equal(new ColourChange(0.75, 0.75, 0.75, -0.25, 23), strongest);

        float[] Next(long seed, double jitter)
        {
            using var generator = new Generator((ulong)seed);
            var (source, driving) = new FramePairSampler(data.Store, 8, generator, new FramePairOptions { Jitter = jitter }).Next();
            return cat([source, driving], 0).ToArray<float>();
        }
    }

    [Fact]
    public void Apply_ToTheSameFrameTwice_GivesTheSame()
    {
        using var scope = NewDisposeScope();
        var frame = rand(1, 3, 4, 4) * 2 - 1;
        var change = new ColourChange(1.1, 0.9, 1.05, 0.08, 11);
        var both = ColourJitter.Apply(cat([frame, frame], 0), change);
        Assert.Equal(both[0].ToArray<float>(), both[1].ToArray<float>());
        Assert.InRange(both.abs().max().item<float>(), 0, 1);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.6)]
    [InlineData(double.NaN)]
    public void Jitter_OutOfRange_IsRefused(double jitter)
    {
        using var generator = new Generator(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FramePairSampler(data.Store, 1, generator, new FramePairOptions { Jitter = jitter }));
    }

    [Fact]
    public void Apply_ToOtherThanRgb_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ColourJitter.Apply(zeros(1, 1, 4, 4), new ColourChange(1, 1, 1, 0)));
}
