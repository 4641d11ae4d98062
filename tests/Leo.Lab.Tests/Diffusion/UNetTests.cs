using System.Text.Json;
using Leo.Lab.Diffusion;
using Leo.Lab.Tests.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Diffusion;

public sealed class UNetTests
{
    private static readonly UNetSettings Narrow = new() { BaseChannels = 8, ChannelMult = [1, 2], AttentionRates = [2], Heads = 2, NormGroups = 4 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void StateDict_Golden_HasTheOfficialNamesAndShapes(int index)
    {
        var golden = Golden(index);
        using var network = Build(golden);
        var expected = golden.GetProperty("keys").EnumerateObject().Select(k => $"{k.Name} {k.Value}").Order(StringComparer.Ordinal);
        var actual = network.state_dict().Select(p => $"{p.Key} [{string.Join(",", p.Value.shape)}]").Order(StringComparer.Ordinal);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Forward_FormulaWeights_MatchesTheReference(int index)
    {
        var golden = Golden(index);
        using var network = Build(golden);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        Fill(network);
        long[] shape = [.. golden.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64())];
        long[] steps = [.. golden.GetProperty("timesteps").EnumerateArray().Select(v => v.GetInt64())];
        var x = tensor(FormulaWeights.Unit("x", shape.Aggregate(1L, (a, b) => a * b)), shape) * 1.75;
        var y = network.call(x, tensor(steps));
        Assert.Equal(shape, y.shape);
        Assert.Equal(golden.GetProperty("y_sum").GetDouble(), y.to(ScalarType.Float64).sum().item<double>(), 0.01);
        Assert.Equal(golden.GetProperty("y_abs").GetDouble(), y.to(ScalarType.Float64).abs().mean().item<double>(), 1e-5);
        float[] expected = golden.GetProperty("y").EnumerateArray().Select(v => v.GetSingle()).ToArray();
        float worst = expected.Zip(y.narrow(1, 0, 3).flatten().ToArray<float>(), (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst < 1e-4, $"differs by {worst}");
    }

    [Fact]
    public void Denoise_ImagesUnderACondition_MatchesTheReference()
    {
        var golden = GoldenFiles.Read("unet2d.json");
        using var network = Build(golden, dims: 2, outChannels: 6, conditionDim: 20);
        Assert.Equal(
            golden.GetProperty("keys").EnumerateObject().Select(k => $"{k.Name} {k.Value}").Order(StringComparer.Ordinal),
            network.state_dict().Select(p => $"{p.Key} [{string.Join(",", p.Value.shape)}]").Order(StringComparer.Ordinal));
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        Fill(network);
        var x = tensor(FormulaWeights.Unit("x", 192), [2, 3, 8, 4]) * 1.75;
        var (t, condition) = (tensor(new long[] { 5, 900 }), tensor(FormulaWeights.Unit("condition", 40), [2, 20]));

        var y = network.Denoise(x, t, condition, null);

        var expected = tensor(golden.GetProperty("y").EnumerateArray().Select(v => v.GetSingle()).ToArray(), [2, 6, 8, 4]);
        Assert.True((y - expected).abs().max().item<float>() < 1e-4);
        // Where it is dropped, the network gives what it gives without.
        var dropped = network.Denoise(x, t, condition, tensor(new[] { 1f, 0f }));
        Assert.True((dropped[0] - expected[0]).abs().max().item<float>() < 1e-4);
        Assert.True((dropped[1] - network.call(x, t)[1]).abs().max().item<float>() < 1e-5);
        Assert.True((dropped[1] - expected[1]).abs().max().item<float>() > 1e-2);
        Assert.Throws<ArgumentException>(() => network.Denoise(x, t, condition.narrow(1, 0, 19), null));
    }

    [Fact]
    public void Forward_FreshNetwork_IsZero()
    {
        using var network = new UNet(1, 3, Narrow, 0);
        using var scope = NewDisposeScope();
        var y = network.call(ones(2, 3, 8), tensor(new long[] { 0, 999 }));
        Assert.Equal(0f, y.abs().max().item<float>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forward_SequenceThatStandsStill_StaysStillOnlyWithReplicatedEdges(bool replicate)
    {
        using var network = new UNet(1, 3, Narrow with { ReplicateEdges = replicate }, 0);
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            Fill(network);
        }

        var y = network.call(tensor(new[] { 0.3f, -1, 2 }).reshape(1, 3, 1).expand(1, 3, 16), tensor(new long[] { 40 }));
        float change = (y - y.narrow(2, 8, 1)).abs().max().item<float>();
        Assert.Equal(replicate, change < 1e-4);
    }

    [Fact]
    public void Constructor_SameSeed_HasTheSameWeights()
    {
        using var first = new UNet(1, 3, Narrow, 4);
        using var second = new UNet(1, 3, Narrow, 4);
        using var other = new UNet(1, 3, Narrow, 5);
        float[] Weights(UNet network) => [.. network.parameters().SelectMany(p => p.ToArray<float>())];
        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(other));
    }

    [Fact]
    public void Backward_AnyOutput_ReachesEveryParameter()
    {
        using var network = new UNet(1, 3, Narrow, 0);
        using var scope = NewDisposeScope();
        using var generator = new Generator(0);
        using (no_grad())
        {
            foreach (var parameter in network.parameters())
            {
                parameter.add_(randn(parameter.shape, generator: generator) * 0.05);
            }
        }

        network.call(randn([2, 3, 8], generator: generator), tensor(new long[] { 3, 700 })).square().sum().backward();
        Assert.DoesNotContain(network.named_parameters(), p => p.parameter.grad is null || p.parameter.grad.abs().max().item<float>() == 0);
    }

    [Theory]
    [InlineData(2, 3, 7, 2)]
    [InlineData(2, 4, 8, 2)]
    [InlineData(2, 3, 8, 1)]
    public void Forward_WrongShape_NamesBoth(int batch, int channels, int length, int steps)
    {
        using var network = new UNet(1, 3, Narrow, 0);
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => network.call(zeros(batch, channels, length), zeros(steps)));
        Assert.Contains($"[{batch}, {channels}, {length}]", error.Message);
    }

    private static JsonElement Golden(int index) => GoldenFiles.Read("unet1d.json")[index];

    private static void Fill(UNet network)
    {
        foreach (var (name, parameter) in network.named_parameters())
        {
            var u = tensor(FormulaWeights.Unit(name, parameter.numel()), parameter.shape);
            bool norm = parameter.dim() == 1;
            long fanIn = parameter.numel() / parameter.shape[0];
            parameter.copy_(name.EndsWith("bias", StringComparison.Ordinal) ? u * 0.25 : norm ? u * 0.25 + 1 : u * Math.Sqrt(3.0 / fanIn));
        }
    }

    private static UNet Build(JsonElement golden, int dims = 1, int? outChannels = null, int conditionDim = 0)
    {
        var s = golden.GetProperty("settings");
        return new UNet(dims, golden.GetProperty("shape")[1].GetInt32(), new UNetSettings
        {
            BaseChannels = s.GetProperty("base").GetInt32(),
            ChannelMult = [.. s.GetProperty("mult").EnumerateArray().Select(v => v.GetInt32())],
            ResBlocks = s.GetProperty("blocks").GetInt32(),
            AttentionRates = [.. s.GetProperty("attention").EnumerateArray().Select(v => v.GetInt32())],
            Heads = s.GetProperty("heads").GetInt32(),
            ScaleShiftNorm = s.GetProperty("scale_shift").GetBoolean(),
            NormGroups = 32,
        }, 0, outChannels, conditionDim);
    }
}
