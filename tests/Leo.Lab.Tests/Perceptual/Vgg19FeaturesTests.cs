using Leo.Lab.Checkpoints;
using Leo.Lab.Perceptual;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Perceptual;

public class Vgg19FeaturesTests
{
    [Fact]
    public void Features_FormulaWeights_ArePyTorchs()
    {
        using var scope = NewDisposeScope();
        using var network = new Vgg19Features();
        PerceptualGolden.Fill(network);
        var layers = network.Features(PerceptualGolden.Picture("images", [1, 3, 32, 32], 1.2));
        var golden = PerceptualGolden.Of("vgg19").EnumerateArray().ToArray();
        Assert.Equal(5, layers.Count);
        for (int i = 0; i < golden.Length; i++) PerceptualGolden.Same(golden[i], layers[i], 1e-3);
        Assert.Equal("vgg19", network.Name);
    }

    [Fact]
    public void Load_FileWithTheRestOfTheNetwork_TakesWhatItNeedsAndFreezesIt()
    {
        using var folder = new TempFolder();
        string file = Write(folder["vgg.safetensors"], tensors =>
        {
            tensors["features.30.weight"] = zeros(2, 2, 3, 3);
            tensors["classifier.0.weight"] = zeros(3, 3);
        });
        using var scope = NewDisposeScope();
        using var loaded = PerceptualFeatures.Load(file);
        using var whole = new Vgg19Features(PerceptualGolden.ReducedWidths);
        PerceptualGolden.Fill(whole);
        var images = PerceptualGolden.Picture("images", [2, 3, 16, 24], 1).requires_grad_(true);
        foreach (var (a, b) in loaded.Features(images).Zip(whole.Features(images)))
            Assert.Equal(b.ToArray<float>(), a.ToArray<float>());
        Assert.Equal("vgg19-4-6-8-10-12", loaded.Name);

        loaded.Features(images)[^1].sum().backward();
        Assert.True(images.grad!.abs().sum().item<float>() > 0);
        Assert.All(((nn.Module)loaded).parameters(), p => Assert.False(p.requires_grad));
    }

    [Fact]
    public void Load_TensorMissing_NamesIt()
    {
        using var folder = new TempFolder();
        string file = Write(folder["vgg.safetensors"], tensors => tensors.Remove("features.16.bias"));
        Assert.Equal("features.16.bias", Assert.Throws<CheckpointException>(() => PerceptualFeatures.Load(file)).Key);
        file = Write(folder["vgg2.safetensors"], tensors => tensors.Remove("features.28.weight"));
        Assert.Equal("features.28.weight", Assert.Throws<CheckpointException>(() => PerceptualFeatures.Load(file)).Key);
    }

    [Fact]
    public void Load_TensorOfAnotherShape_NamesIt()
    {
        using var folder = new TempFolder();
        string file = Write(folder["a.safetensors"], tensors => tensors["features.5.weight"] = zeros(8, 7, 3, 3));
        Assert.Equal("features.5.weight", Assert.Throws<CheckpointException>(() => PerceptualFeatures.Load(file)).Key);
        file = Write(folder["b.safetensors"], tensors => tensors["features.5.weight"] = zeros(8));
        Assert.Equal("features.5.weight", Assert.Throws<CheckpointException>(() => PerceptualFeatures.Load(file)).Key);
    }

    [Fact]
    public void Load_CheckpointOfAnotherKind_IsRefused()
    {
        using var folder = new TempFolder();
        using var some = zeros(1);
        Checkpoint.Save(folder["motion.safetensors"], "motion", "{}", 1, new Dictionary<string, Tensor> { ["a"] = some });
        var error = Assert.Throws<CheckpointException>(() => PerceptualFeatures.Load(folder["motion.safetensors"]));
        Assert.Contains("kind 'motion'", error.Message);
    }

    [Fact]
    public void Features_ImagesTooSmall_SayWhatIsNeeded()
    {
        using var scope = NewDisposeScope();
        using var network = new Vgg19Features(PerceptualGolden.ReducedWidths);
        Assert.Contains("at least 16", Assert.Throws<ArgumentException>(() => network.Features(zeros(1, 3, 8, 8))).Message);
        Assert.Throws<ArgumentException>(() => network.Features(zeros(1, 1, 16, 16)));
        Assert.Throws<ArgumentException>(() => new Vgg19Features([1, 2, 3]));
    }

    private static string Write(string path, Action<Dictionary<string, Tensor>> change)
    {
        using var network = new Vgg19Features(PerceptualGolden.ReducedWidths);
        PerceptualGolden.Fill(network);
        using var scope = NewDisposeScope();
        var tensors = network.state_dict();
        change(tensors);
        Safetensors.Write(path, tensors, new Dictionary<string, string>());
        return path;
    }
}
