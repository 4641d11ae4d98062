using Leo.Lab.Animator;
using Leo.Lab.Animator.Layers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Leo.Lab.Tests.Animator;

/// <summary>The fast formulations against the usual ones of StyleGAN2 ports, values and gradients.</summary>
public class FastLayersTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 4.0)]
    public void Blur_Depthwise_EqualsOneChannelConvolution(int padding, double gain)
    {
        using var scope = NewDisposeScope();
        using var blur = new Blur(padding, gain);
        var input = Random(2, 3, 8, 6);
        Close(NaiveBlur(input, blur.kernel, padding), blur.forward(input));
        Close(NaiveBlur(input, blur.kernel, padding).slice(2, 0, 99, 2).slice(3, 0, 99, 2) * 0.3, blur.Filter(input, 2, gain: 0.3));
    }

    [Fact]
    public void Upsample_Transposed_EqualsZeroInsertionAndFilter()
    {
        using var scope = NewDisposeScope();
        using var upsample = new Upsample();
        var input = Random(2, 3, 5, 5);
        var spread = zeros(2, 3, 10, 10);
        spread.slice(2, 0, 10, 2).slice(3, 0, 10, 2).copy_(input);
        var padded = pad(spread, [2, 1, 2, 1]);
        Close(NaiveBlur(padded, upsample.kernel, 0), upsample.forward(input));
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(3, true, false)]
    [InlineData(3, true, true)]
    public void ModulatedConv_ScaledInputAndOutput_EqualsPerSampleWeights(int kernelSize, bool demodulate, bool upsample)
    {
        using var scope = NewDisposeScope();
        using var conv = new ModulatedConv2d(5, 4, kernelSize, 6, demodulate, upsample, Seeds.Generator(3, "w"));
        var input = Random(3, 5, 8, 8).requires_grad_(true);
        var style = Random(3, 6).requires_grad_(true);
        var weights = conv.parameters().Select(p => (Tensor)p).Append(input).Append(style).ToList();

        var expected = NaiveModulated(conv, input, style, demodulate);
        var found = conv.forward(input, style);
        Close(expected, found);

        var probe = Random(found.shape);
        var expectedGradients = autograd.grad([(expected * probe).sum()], weights);
        var foundGradients = autograd.grad([(found * probe).sum()], weights);
        for (int i = 0; i < weights.Count; i++) Close(expectedGradients[i], foundGradients[i], 1e-3);
    }

    [Fact]
    public void StyledConv_FoldedGains_EqualTheLayersInTurn()
    {
        using var scope = NewDisposeScope();
        using var styled = new StyledConv(4, 3, 5, upsample: true, Seeds.Generator(3, "w"));
        FormulaWeights.Fill(styled);
        var (input, style) = (Random(2, 4, 4, 4), Random(2, 5));
        Close(styled.activate.forward(styled.conv.forward(input, style)), styled.forward(input, style));
    }

    [Fact]
    public void ResBlock_FoldedGains_EqualTheLayersInTurn()
    {
        using var scope = NewDisposeScope();
        using var block = new ResBlock(4, 6, Seeds.Generator(3, "w"));
        FormulaWeights.Fill(block);
        var input = Random(2, 4, 8, 8);
        var weights = block.state_dict();
        var hidden = Activate(conv2d(input, weights["conv1.0.weight"] / 6, null, [1, 1], [1, 1]), weights["conv1.1.bias"]);
        var blurred = NaiveBlur(hidden, weights["conv2.0.kernel"], 2);
        var output = Activate(conv2d(blurred, weights["conv2.1.weight"] / 6, null, [2, 2]), weights["conv2.2.bias"]);
        var skip = conv2d(NaiveBlur(input, weights["skip.0.kernel"], 1), weights["skip.1.weight"] / 2, null, [2, 2]);
        Close((output + skip) / Math.Sqrt(2), block.forward(input));

        static Tensor Activate(Tensor x, Tensor bias) => leaky_relu(x + bias, 0.2) * Math.Sqrt(2);
    }

    [Fact]
    public void R1_ThroughDiscriminator_MatchesFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var settings = new AnimatorSettings { Size = 8, StyleDim = 4, MotionDim = 2, Channels = [4, 3] };
        using var discriminator = new Discriminator(settings, Seeds.Generator(3, "d"));
        discriminator.to(float64);
        var images = randn([2, 3, 8, 8], float64, generator: Seeds.Generator(4, "x"));
        var penalty = AdversarialLoss.R1(discriminator, images);
        penalty.backward();
        var weight = discriminator.convs[1].named_parameters().First(p => p.name == "conv1.0.weight").parameter;
        double gradient = weight.grad!.flatten()[7].item<double>();

        const double step = 1e-5;
        double At(double shift)
        {
            using (no_grad()) weight.view(-1)[7].add_(shift);
            double value = AdversarialLoss.R1(discriminator, images).item<double>();
            using (no_grad()) weight.view(-1)[7].add_(-shift);
            return value;
        }
        Assert.NotEqual(0, gradient);
        Assert.Equal((At(step) - At(-step)) / (2 * step), gradient, 1e-6 * Math.Max(1, Math.Abs(gradient)) + 1e-7);
    }

    private static Tensor NaiveModulated(ModulatedConv2d conv, Tensor input, Tensor style, bool demodulate)
    {
        var (batch, inputs, size) = (input.shape[0], input.shape[1], input.shape[2]);
        var (outputs, k) = (conv.weight.shape[1], conv.weight.shape[3]);
        var s = conv.modulation.forward(style).view(batch, 1, inputs, 1, 1);
        var weight = conv.weight * (1 / Math.Sqrt(inputs * k * k)) * s;
        if (demodulate) weight = weight * (weight.square().sum([2, 3, 4], keepdim: true) + 1e-8).rsqrt();
        var grouped = input.reshape(1, batch * inputs, size, size);
        if (conv.blur is null)
        {
            return conv2d(grouped, weight.view(batch * outputs, inputs, k, k), null, [1, 1], [k / 2, k / 2], null, batch)
                .view(batch, outputs, size, size);
        }
        var transposed = weight.transpose(1, 2).reshape(batch * inputs, outputs, k, k);
        var doubled = conv_transpose2d(grouped, transposed, null, [2, 2], null, null, null, batch);
        return NaiveBlur(doubled.view(batch, outputs, doubled.shape[2], doubled.shape[3]), conv.blur.kernel, 1);
    }

    private static Tensor NaiveBlur(Tensor input, Tensor kernel, long padding)
    {
        var (batch, channels, height, width) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3]);
        var padded = pad(input.reshape(batch * channels, 1, height, width), [padding, padding, padding, padding]);
        var output = conv2d(padded, kernel.flip(0, 1).view(1, 1, 4, 4));
        return output.view(batch, channels, output.shape[2], output.shape[3]);
    }

    private static Tensor Random(params long[] shape) => randn(shape, float32, generator: Seeds.Generator(5, "x"));

    private static void Close(Tensor expected, Tensor found, double tolerance = 1e-4)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, tolerance);
    }
}
