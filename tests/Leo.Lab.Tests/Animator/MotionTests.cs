using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

public class MotionTests
{
    private static readonly AnimatorSettings Settings = new() { Size = 16, StyleDim = 24, MotionDim = 6, Channels = [8, 6, 4] };

    [Fact]
    public void Directions_OfRandomWeights_AreOrthonormal()
    {
        using var scope = NewDisposeScope();
        using var dictionary = new MotionDictionary(AnimatorSettings.Tiny, Seeds.Generator(1, "q"));
        var q = dictionary.Directions();
        Assert.True((q.t().matmul(q) - eye(20)).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Dictionary_OfACode_IsTheSumOfScaledDirections()
    {
        using var scope = NewDisposeScope();
        using var dictionary = new MotionDictionary(Settings, Seeds.Generator(1, "q"));
        var alpha = randn([2, 6], float32, generator: Seeds.Generator(2, "a"));
        var expected = (diag_embed(alpha).matmul(dictionary.Directions().t())).sum(1);
        Assert.True((expected - dictionary.forward(alpha)).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Generate_OfZeroMotion_EqualsNoDrivingFrame()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(Settings, Seeds.Generator(1, "g"));
        var appearance = animator.EncodeSource(Images(1));
        var still = animator.Generate(appearance, zeros(1, 6)).Image;
        Assert.True((still - animator.Generate(appearance, null).Image).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Relative_OfTheStartItself_IsTheSourcesOwnCode()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(Settings, Seeds.Generator(1, "g"));
        var appearance = animator.EncodeSource(Images(1));
        var start = randn([1, 6], float32, generator: Seeds.Generator(2, "a"));
        var relative = animator.Relative(appearance, start, start);
        Assert.True((relative - animator.MotionCode(appearance)).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Generate_OneSourceForManyCodes_EqualsOneByOne()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(Settings, Seeds.Generator(1, "g"));
        var appearance = animator.EncodeSource(Images(1));
        var alpha = randn([3, 6], float32, generator: Seeds.Generator(2, "a"));
        var together = animator.Generate(appearance, alpha).Image;
        for (int i = 0; i < 3; i++)
        {
            var alone = animator.Generate(appearance, alpha.narrow(0, i, 1)).Image;
            Assert.InRange((together.narrow(0, i, 1) - alone).abs().max().item<float>(), 0, 1e-4);
        }
    }

    [Fact]
    public void Warp_OfZeroFlow_KeepsTheImageBarItsHalfPixelScaling()
    {
        using var scope = NewDisposeScope();
        // A linear ramp survives any bilinear resampling exactly, so the official grid's scaling can be told to the digit.
        var ramp = linspace(-1, 1, 64, float32).view(1, 1, 1, 64).expand(1, 1, 64, 64);
        var warped = Warp.Apply(ramp, zeros(1, 2, 64, 64)).narrow(2, 1, 62).narrow(3, 1, 62);
        var expected = (ramp * (64.0 / 63)).narrow(2, 1, 62).narrow(3, 1, 62);
        Assert.True((warped - expected).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Warp_OfConstantFlow_MovesTheImage()
    {
        using var scope = NewDisposeScope();
        var ramp = linspace(-1, 1, 64, float32).view(1, 1, 1, 64).expand(1, 1, 64, 64);
        var flow = cat([full([1, 1, 64, 64], 0.25, float32), zeros(1, 1, 64, 64)], 1);
        var shift = (Warp.Apply(ramp, flow) - Warp.Apply(ramp, zeros_like(flow))).narrow(2, 1, 62).narrow(3, 1, 50);
        Assert.True((shift - 0.25 * 64 / 63).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Generate_OfCodesOfAnotherLength_SaysWhatIsExpected()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(Settings, Seeds.Generator(1, "g"));
        var error = Assert.Throws<ArgumentException>(() => animator.Generate(animator.EncodeSource(Images(1)), zeros(2, 7)));
        Assert.Contains("[2, 7], expected [B, 6]", error.Message);
        error = Assert.Throws<ArgumentException>(() => animator.EncodeSource(zeros(1, 3, 32, 32)));
        Assert.Contains("[1, 3, 32, 32], expected [B, 3, 16, 16]", error.Message);
    }

    [Fact]
    public void FlowPictures_OfNoMotion_AreWhite_AndOppositeDirectionsDiffer()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1, FlowPictures.Of(zeros(1, 2, 4, 4)).min().item<float>(), 5);
        var right = FlowPictures.Of(full([1, 2, 1, 1], 0.3, float32), 1);
        var left = FlowPictures.Of(full([1, 2, 1, 1], -0.3, float32), 1);
        Assert.True((right - left).abs().max().item<float>() > 0.3);
        Assert.InRange(right.abs().max().item<float>(), 0, 1);
    }

    private static Tensor Images(long batch) => randn([batch, 3, 16, 16], float32, generator: Seeds.Generator(3, "x"));
}
