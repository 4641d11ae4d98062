using Leo.Lab.Animator;
using Leo.Lab.Animator.Layers;
using Leo.Lab.Perceptual;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

/// <summary>
/// bfloat16 beside float32. A number in bfloat16 is right to 2⁻⁹ = 0.2 %; errors are root mean squares over the root mean square of what float32 gives, so
/// that a layer of few roundings has to stay below 1 %, and a network of dozens below 5 %.
/// </summary>
public class PrecisionTests
{
    private const double OfALayer = 0.01, OfANetwork = 0.05;

    private static readonly AnimatorSettings Shape = new() { Size = 32, StyleDim = 32, MotionDim = 6, Channels = [32, 32, 16, 16] };

    [Theory]
    [InlineData(3, false, true)]
    [InlineData(3, true, true)]
    [InlineData(1, true, false)]
    [InlineData(1, false, true)]
    public void ConvLayer_InBfloat16_IsNearFloat32(int kernelSize, bool downsample, bool activate)
    {
        using var scope = NewDisposeScope();
        using var layer = new ConvLayer(16, 24, kernelSize, downsample, activate, 0.7, Seeds.Generator(1, "w"));
        FormulaWeights.Fill(layer);
        Near(layer, x => layer.forward(x), Random(2, 16, 16, 16));
    }

    [Fact]
    public void ResBlock_InBfloat16_IsNearFloat32()
    {
        using var scope = NewDisposeScope();
        using var block = new ResBlock(16, 24, Seeds.Generator(1, "w"));
        Near(block, x => block.forward(x), Random(2, 16, 16, 16));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StyledConv_InBfloat16_IsNearFloat32(bool upsample)
    {
        using var scope = NewDisposeScope();
        using var layer = new StyledConv(16, 24, 8, upsample, Seeds.Generator(1, "w"));
        var style = Random(2, 8);
        Near(layer, x => layer.forward(x, style), Random(2, 16, 8, 8));
    }

    [Fact]
    public void ModulatedConv_InBfloat16_IsNearFloat32()
    {
        using var scope = NewDisposeScope();
        using var layer = new ModulatedConv2d(16, 24, 3, 8, generator: Seeds.Generator(1, "w"));
        var style = Random(2, 8);
        Near(layer, x => layer.forward(x, style), Random(2, 16, 8, 8));
    }

    [Fact]
    public void ModulatedConv_Projected_EqualsItself()
    {
        using var scope = NewDisposeScope();
        using var layer = new ModulatedConv2d(16, 3, 1, 8, demodulate: false, generator: Seeds.Generator(1, "w"));
        var (input, style) = (Random(2, 16, 8, 8), Random(2, 8));
        Assert.InRange(Error(layer.forward(input, style), layer.Project(input, style)), 0, 1e-6);
    }

    [Fact]
    public void ToFlow_OfBfloat16_ComputesInFloat32()
    {
        using var scope = NewDisposeScope();
        using var layer = new ToFlow(16, 8, Seeds.Generator(1, "w"));
        var (input, style, source) = (Activations.Enter(Random(2, 16, 8, 8), Precision.Bfloat16), Random(2, 8), Random(2, 16, 8, 8));
        var (warped, inpainted, flow) = layer.forward(input, style, source, null, inpaint: true);
        var expected = layer.forward(input.to(float32), style, source, null, inpaint: true);
        Assert.All([warped, inpainted!, flow], made => Assert.Equal(float32, made.dtype));
        Assert.InRange(Error(expected.Flow, flow), 0, 1e-6);
        Assert.InRange(Error(expected.Warped, warped), 0, 1e-5);
        Assert.InRange(Error(expected.Inpainted!, inpainted!), 0, 1e-5);
    }

    [Fact]
    public void PerceptualFeatures_InBfloat16_AreNearFloat32()
    {
        using var scope = NewDisposeScope();
        using var puppets = new PuppetFeatures(new PuppetFeaturesSettings { Channels = [8, 16, 16] }, Seeds.Generator(1, "p"));
        puppets.eval();
        using var vgg = new Vgg19Features([8, 8, 16, 16, 16]);
        FormulaWeights.Fill(vgg);
        var images = Random(2, 3, 32, 32);
        foreach (var features in new IPerceptualFeatures[] { puppets, vgg })
        {
            foreach (var (expected, found) in features.Features(images).Zip(features.Features(images, Precision.Bfloat16)))
            {
                Assert.Equal(float32, found.dtype);
                Assert.InRange(Error(expected, found), 0, OfANetwork);
            }
        }
    }

    [Fact]
    public void Animator_InBfloat16_IsNearFloat32_AndGivesFloat32()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(Shape, Seeds.Generator(1, "a"));
        animator.ScaleFlow(0.1);
        var (source, driving) = (Images(1), Images(3));
        var (expected, expectedCodes) = (animator.Reconstruct(source.expand(3, -1, -1, -1), driving), animator.MotionCode(driving));
        animator.Precision = Precision.Bfloat16;
        var (found, codes) = (animator.Reconstruct(source.expand(3, -1, -1, -1), driving), animator.MotionCode(driving));
        Assert.All([found.Image, codes, .. found.Flows, .. animator.EncodeSource(source).Maps], made => Assert.Equal(float32, made.dtype));
        Assert.InRange(Error(expected.Image, found.Image), 1e-6, OfANetwork);
        Assert.InRange(Error(expectedCodes, codes), 1e-6, OfANetwork);
        Assert.InRange(Error(expected.Flows[^1], found.Flows[^1]), 1e-6, OfANetwork);
    }

    [Fact]
    public void Animator_BackInFloat32_GivesTheSameBits()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(Shape, Seeds.Generator(1, "a"));
        var (source, driving) = (Images(2), Images(2));
        var before = animator.forward(source, driving);
        animator.Precision = Precision.Bfloat16;
        animator.forward(source, driving);
        animator.Precision = Precision.Float32;
        Assert.Equal(before.data<float>().ToArray(), animator.forward(source, driving).data<float>().ToArray());
    }

    [Fact]
    public void Pipeline_KeepsCastsWhileItRenders_AndSeesNewWeightsAfter()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var animator = new ImageAnimator(Shape, Seeds.Generator(1, "a")) { Precision = Precision.Bfloat16 };
        var (source, driving) = (Images(1), Images(5));
        var pipeline = new AnimationPipeline(animator, chunk: 2);
        var first = pipeline.Animate(source, driving).Frames;
        Assert.Equal(first.data<float>().ToArray(), pipeline.Animate(source, driving).Frames.data<float>().ToArray());
        foreach (var weight in animator.parameters()) weight.mul_(1.5);
        Assert.True((pipeline.Animate(source, driving).Frames - first).abs().max().item<float>() > 0.01);
        pipeline.Animate(source, driving);

        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        pipeline.Animate(source, driving).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Gradients_OfAStep_PointWhereThoseOfFloat32Do()
    {
        using var scope = NewDisposeScope();
        using var animator = new ImageAnimator(Shape, Seeds.Generator(1, "a"));
        using var discriminator = new Discriminator(Shape, Seeds.Generator(1, "d"));
        animator.ScaleFlow(0.1);
        var (source, driving) = (Images(4), Images(4));
        var expected = Gradients(Precision.Float32);
        var found = Gradients(Precision.Bfloat16);
        foreach (var (wanted, gradient) in expected.Zip(found))
        {
            Assert.Equal(float32, gradient.dtype);
            Assert.True(gradient.isfinite().all().item<bool>());
            Assert.True(nn.functional.cosine_similarity(wanted, gradient, 0).item<float>() > 0.99);
        }

        // Of the animator against the discriminator, and of the discriminator with R1.
        List<Tensor> Gradients(Precision precision)
        {
            (animator.Precision, discriminator.Precision) = (precision, precision);
            var image = animator.forward(source, driving);
            (AdversarialLoss.Animator(discriminator, image) * 0.1 + new ReconstructionLoss(AnimatorRecipe.Tiny).Total(image, source, driving)).backward();
            (AdversarialLoss.Discriminator(discriminator, driving, image) + AdversarialLoss.R1(discriminator, driving)).backward();
            return [Taken(animator), Taken(discriminator)];
        }

        static Tensor Taken(nn.Module module)
        {
            var all = cat([.. module.parameters().Where(p => p.grad is not null).Select(p => p.grad!.flatten())], 0).clone();
            module.zero_grad();
            return all;
        }
    }

    [Fact]
    public void R1_IsTheSameInBothPrecisions()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new Discriminator(Shape, Seeds.Generator(1, "d"));
        var images = Images(4);
        float expected = AdversarialLoss.R1(discriminator, images).item<float>();
        discriminator.Precision = Precision.Bfloat16;
        Assert.Equal(expected, AdversarialLoss.R1(discriminator, images).item<float>());
    }

    private static void Near(nn.Module layer, Func<Tensor, Tensor> run, Tensor input)
    {
        var expected = run(input);
        var withGradient = Activations.Enter(input, Precision.Bfloat16).requires_grad_(true);
        var found = run(withGradient);
        Assert.Equal(bfloat16, found.dtype);
        Assert.InRange(Error(expected, found.to(float32)), 1e-6, OfALayer);
        found.to(float32).square().sum().backward();
        Assert.True(withGradient.grad!.to(float32).isfinite().all().item<bool>());
        Assert.All(layer.parameters().Where(p => p.grad is not null), p => Assert.Equal(float32, p.grad!.dtype));

        // Without a gradient a layer may take another way, and with kept casts as well.
        using var noGrad = no_grad();
        using var kept = new KeptWeights(layer);
        var quiet = Activations.Enter(input, Precision.Bfloat16);
        Assert.InRange(Error(expected, run(quiet).to(float32)), 1e-6, OfALayer);
        Assert.Equal(run(quiet).to(float32).data<float>().ToArray(), run(quiet).to(float32).data<float>().ToArray());
    }

    private static double Error(Tensor expected, Tensor found) =>
        Math.Sqrt((expected - found).square().mean().item<float>() / expected.square().mean().item<float>());

    private static Tensor Random(params long[] shape) => randn(shape, float32, generator: Seeds.Generator(5, "x"));

    private static Tensor Images(long count) => (randn([count, 3, 32, 32], float32, generator: Seeds.Generator(count, "i")) * 0.5).clamp(-1, 1);
}
