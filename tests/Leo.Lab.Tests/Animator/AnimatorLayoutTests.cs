using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Animator;

public class AnimatorLayoutTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    public void StateDict_OfOfficialWidths_HasOfficialNamesAndShapes(int size)
    {
        using var animator = new ImageAnimator(AnimatorSettings.Official(size));
        var found = animator.state_dict().Select(e => $"{e.Key} {string.Join(',', e.Value.shape)}").Order();
        Assert.Equal(GoldenFiles.Keys(size).Select(k => $"{k.Name} {string.Join(',', k.Shape)}").Order(), found);
    }

    [Fact]
    public void Buffers_AsBuilt_EqualOfficialKernels()
    {
        using var animator = new ImageAnimator(AnimatorSettings.Official(64));
        var buffers = animator.named_buffers().ToDictionary(b => b.name, b => b.buffer);
        var kernels = GoldenFiles.Keys(64).Where(k => k.Name.EndsWith(".kernel", StringComparison.Ordinal)).ToArray();
        Assert.Equal(buffers.Count, kernels.Length);
        foreach (var (name, _, first, sum) in kernels)
        {
            Assert.Equal(first, buffers[name].data<float>()[0], 6);
            Assert.Equal(sum, buffers[name].sum().item<float>(), 5);
        }
    }

    [Theory]
    [InlineData(8, new[] { 4, 3 })]
    [InlineData(16, new[] { 4, 5, 3 })]
    [InlineData(32, new[] { 6, 5, 4, 3 })]
    [InlineData(128, new[] { 4, 4, 4, 4, 3, 2 })]
    [InlineData(256, new[] { 4, 4, 4, 4, 3, 2, 2 })]
    [InlineData(512, new[] { 4, 4, 4, 4, 3, 2, 2, 2 })]
    public void Forward_AtEverySize_GivesImagesAndFlowsOfEachScale(int size, int[] channels)
    {
        using var scope = NewDisposeScope();
        var settings = new AnimatorSettings { Size = size, StyleDim = 9, MotionDim = 5, Channels = channels };
        using var animator = new ImageAnimator(settings, Seeds.Generator(1, "init"));
        using var noGrad = no_grad();
        var source = randn([2, 3, size, size], generator: Seeds.Generator(1, "x"));
        var frames = animator.Reconstruct(source, source);
        Assert.Equal([2, 3, size, size], frames.Image.shape);
        Assert.Equal(channels.Length - 1, frames.Flows.Count);
        for (int i = 0; i < frames.Flows.Count; i++) Assert.Equal([2, 3, 8 << i, 8 << i], frames.Flows[i].shape);
        Assert.Equal([2, 5], animator.MotionCode(source).shape);
        Assert.True(frames.Image.isfinite().all().item<bool>());
        using var discriminator = new Discriminator(settings, Seeds.Generator(1, "d"));
        Assert.Equal([2, 1], discriminator.forward(source).shape);
    }

    [Fact]
    public void Discriminator_Names_AreStyleGan2s()
    {
        using var discriminator = new Discriminator(AnimatorSettings.Tiny);
        var shapes = discriminator.state_dict().ToDictionary(e => e.Key, e => string.Join(',', e.Value.shape));
        Assert.Equal("16,3,1,1", shapes["convs.0.0.weight"]);
        Assert.Equal("1,16,1,1", shapes["convs.0.1.bias"]);
        Assert.Equal("32,16,3,3", shapes["convs.1.conv2.1.weight"]);
        Assert.Equal("4,4", shapes["convs.1.skip.0.kernel"]);
        Assert.Equal("64,65,3,3", shapes["final_conv.0.weight"]);
        Assert.Equal("64,1024", shapes["final_linear.0.weight"]);
        Assert.Equal("1", shapes["final_linear.1.bias"]);
        Assert.Equal(2 + 4 * 7 + 2 + 4, shapes.Count);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    public void FromShapes_OfOfficialState_InfersOfficialSettings(int size)
    {
        var shapes = GoldenFiles.Keys(size).ToDictionary(k => k.Name, k => (IReadOnlyList<long>)k.Shape);
        Assert.Equal(AnimatorSettings.Official(size), AnimatorSettings.FromShapes(shapes));
    }

    [Fact]
    public void FromShapes_OfOddWidths_InfersThem()
    {
        var settings = new AnimatorSettings { Size = 32, StyleDim = 11, MotionDim = 7, Channels = [9, 8, 5, 3] };
        using var animator = new ImageAnimator(settings);
        var shapes = animator.state_dict().ToDictionary(e => e.Key, e => (IReadOnlyList<long>)e.Value.shape);
        Assert.Equal(settings, AnimatorSettings.FromShapes(shapes));
    }
}
