using System.Globalization;
using System.Text.Json;
using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics.I3d;
using Leo.Lab.Tests.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

public sealed class I3dNetworkTests(I3dNetworkTests.Filled filled) : IClassFixture<I3dNetworkTests.Filled>
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden");

    /// <summary>One network with formula weights for all tests: it takes a while to fill.</summary>
    public sealed class Filled : IDisposable
    {
        public I3dNetwork Network { get; } = FormulaNetwork.Fill(new I3dNetwork());

        public void Dispose() => Network.Dispose();
    }

    [Fact]
    public void StateDict_HasTheNamesAndShapesOfPytorchI3d()
    {
        var expected = File.ReadLines(Path.Combine(Golden, "i3d_keys.tsv")).Select(l => l.Split('\t')).ToDictionary(c => c[0], c => c[1]);
        var found = filled.Network.state_dict().ToDictionary(s => s.Key, s => string.Join(',', s.Value.shape.Select(n => n.ToString(CultureInfo.InvariantCulture))));
        Assert.Equal(expected.OrderBy(e => e.Key, StringComparer.Ordinal), found.OrderBy(e => e.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("eps1e-05_t9", 9)]
    [InlineData("eps1e-05_t16", 16)]
    public void Forward_FormulaWeights_GivesPyTorchsLogits(string name, int frames) => RequireGolden(name, Logits(filled.Network, frames));

    [Fact]
    public void Load_AFileWithoutCounters_FoldsNormalisations_ByVariant()
    {
        using var folder = new TempFolder();
        var weights = filled.Network.state_dict().Where(s => !s.Key.EndsWith("tracked", StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value);
        Safetensors.Write(folder["i3d"], weights);

        using (var fvd = I3dNetwork.Load(folder["i3d"], I3dVariant.Fvd))
            RequireGolden("eps1e-05_t9", Logits(fvd, 9));
        using (var other = I3dNetwork.Load(folder["i3d"], I3dVariant.PyTorchI3d))
            RequireGolden("eps0.001_t9", Logits(other, 9));
    }

    [Fact]
    public void Load_SomethingElse_IsRefusedByName()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        Safetensors.Write(folder["a"], new Dictionary<string, Tensor> { ["conv1.weight"] = rand([3, 3]) });
        Safetensors.Write(folder["b"], new Dictionary<string, Tensor> { ["logits.conv3d.weight"] = rand([7, 1024, 1, 1, 1]), ["extra"] = rand([1]) });
        Safetensors.Write(folder["c"], new Dictionary<string, Tensor> { ["logits.conv3d.weight"] = rand([7, 1024, 1, 1, 1]) });
        Assert.Contains("I3D's last layer", Assert.Throws<CheckpointException>(() => I3dNetwork.Load(folder["a"], I3dVariant.Fvd)).Message);
        Assert.Contains("'extra'", Assert.Throws<CheckpointException>(() => I3dNetwork.Load(folder["b"], I3dVariant.Fvd)).Message);
        Assert.Contains("found none", Assert.Throws<CheckpointException>(() => I3dNetwork.Load(folder["c"], I3dVariant.Fvd)).Message);
    }

    [Theory]
    [InlineData(8, 224)]
    [InlineData(16, 192)]
    [InlineData(16, 256)]
    public void Forward_WhatTheLastPoolingCannotTake_IsRefused(int frames, int side) =>
        Assert.Contains("at least 9 frames", Assert.Throws<ArgumentException>(() => filled.Network.forward(zeros([1, 3, frames, side, side]))).Message);

    [Theory]
    [InlineData(3, 1, 5, 7, 4)]
    [InlineData(3, 2, 8, 9, 6)]
    [InlineData(2, 2, 5, 4, 7)]
    [InlineData(3, 1, 1, 1, 2)]
    public void MaxPooling_GivesWhatTheOperatorGivesOnPaddedClips(int window, int stride, int frames, int height, int width)
    {
        using var scope = NewDisposeScope();
        var x = rand([2, 3, frames, height, width]);
        long[] windows = [window, window, window], strides = [stride, stride, stride];
        var (padded, left) = SamePadding.Apply(x, windows, strides);
        var expected = nn.functional.max_pool3d(padded, windows, strides, left);
        var found = MaxPooling.Same(x, windows, strides);
        Assert.Equal(expected.shape, found.shape);
        Assert.True(found.equal(expected).all().item<bool>());
    }

    // Worked out by hand: TensorFlow's rule for lengths that the stride divides, and for others.
    [Theory]
    [InlineData(224, 7, 2, 2, 3)]
    [InlineData(16, 7, 2, 2, 3)]
    [InlineData(9, 7, 2, 3, 3)]
    [InlineData(112, 3, 2, 0, 1)]
    [InlineData(5, 3, 2, 1, 1)]
    [InlineData(14, 2, 2, 0, 0)]
    [InlineData(7, 2, 2, 0, 1)]
    [InlineData(7, 3, 1, 1, 1)]
    public void SamePadding_OfOneSide(long length, long window, long stride, long near, long far) =>
        Assert.Equal((near, far), SamePadding.Of(length, window, stride));

    private static double[] Logits(I3dNetwork network, int frames)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var clip = tensor(FormulaWeights.Unit($"clip{frames}", 3L * frames * 224 * 224), [1, 3, frames, 224, 224], float32);
        return network.forward(clip).to(float64).flatten().ToArray<double>();
    }

    private static void RequireGolden(string name, double[] found)
    {
        var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden, "i3d_formula.json"))).RootElement.GetProperty(name);
        double[] expected = [.. golden.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
        Assert.Equal(400, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i * 25], 1e-4);
        MetricGolden.Close(golden.GetProperty("squares").GetDouble(), found.Average(v => v * v), 1e-5);
    }
}
