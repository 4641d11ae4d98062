using System.Text.Json;
using Leo.Lab.Checkpoints;
using Leo.Lab.Metrics;
using Leo.Lab.Tests.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Metrics;

/// <summary>Golden/lpips.json: the package lpips itself in PyTorch, by Golden/make_lpips.py; weights and pictures by the same formulas.</summary>
public sealed class LpipsTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden", "lpips.json"))).RootElement;

    [Theory]
    [InlineData("alex")]
    [InlineData("vgg")]
    [InlineData("squeeze")]
    public void Of_FormulaWeights_GivesThePackagesNumbers(string name)
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        using var network = LpipsNetwork.Open(Files(folder, name));
        Tensor a = Picture("a"), b = Picture("b");
        b[1] = a[1] * 0.5;
        double[] found = network.Distance.Of(a, b);
        foreach (var (expected, value) in Golden.GetProperty(name).GetProperty("values").EnumerateArray().Select(v => v.GetDouble()).Zip(found))
            Assert.Equal(expected, value, 2e-6 * expected);
        Assert.Equal($"lpips({name})", network.Distance.Name);
        Assert.Equal([0, 0], network.Distance.Of(a, a));
    }

    [Theory]
    [InlineData("alex")]
    [InlineData("vgg")]
    [InlineData("squeeze")]
    public void LeastSize_IsEnough(string name)
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        using var network = LpipsNetwork.Open(Files(folder, name));
        var frames = Picture("a").narrow(2, 0, network.LeastSize).narrow(3, 0, network.LeastSize);
        Assert.All(network.Distance.Of(frames, -frames), d => Assert.InRange(d, 1e-6, 100));
    }

    [Fact]
    public void Open_WhatDoesNotFit_IsRefused()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        Files(folder, "alex");
        Files(folder, "vgg");
        string backbone = folder["alex.safetensors"], linear = folder["alex-lin.safetensors"], other = folder["vgg-lin.safetensors"];
        Assert.Contains("expected lpips:alex|vgg|squeeze,BACKBONE,LIN", Assert.Throws<MetricException>(() => LpipsNetwork.Open("lpips:resnet,a,b")).Message);
        Assert.Contains("expected lpips:", Assert.Throws<MetricException>(() => LpipsNetwork.Open("lpips:alex,a")).Message);
        Assert.Contains("none.pth", Assert.Throws<CheckpointException>(() => LpipsNetwork.Open($"lpips:alex,{folder["none.pth"]},{linear}")).Message);
        string message = Assert.Throws<CheckpointException>(() => LpipsNetwork.Open($"lpips:alex,{backbone},{other}")).Message;
        Assert.Contains("vgg-lin.safetensors", message);
        Assert.Contains("[1, 8, 1, 1]", message);
        Assert.Contains("features.2.weight", Assert.Throws<CheckpointException>(() => LpipsNetwork.Open($"lpips:vgg,{backbone},{other}")).Message);
    }

    private static Tensor Picture(string name) => tensor(FormulaWeights.Unit(name, 2 * 3 * 70 * 61), [2, 3, 70, 61]);

    // As torchvision and the package keep them, in safetensors.
    private static string Files(TempFolder folder, string name)
    {
        var golden = Golden.GetProperty(name);
        var backbone = golden.GetProperty("shapes").EnumerateObject().ToDictionary(s => s.Name, s =>
        {
            long[] shape = [.. s.Value.EnumerateArray().Select(n => n.GetInt64())];
            double scale = s.Name.EndsWith("bias", StringComparison.Ordinal) ? 0.1 : Math.Sqrt(6.0 / shape[1..].Aggregate(1L, (a, b) => a * b));
            return tensor(FormulaWeights.Unit(s.Name, shape.Aggregate(1L, (a, b) => a * b)), shape) * (float)scale;
        });
        var linear = golden.GetProperty("lin").EnumerateArray().Select(n => n.GetInt64()).Index()
            .ToDictionary(l => $"lin{l.Index}.model.1.weight", l => (tensor(FormulaWeights.Unit($"lin{l.Index}.model.1.weight", l.Item), [1, l.Item, 1, 1]) + 1) / 2);
        Safetensors.Write(folder[$"{name}.safetensors"], backbone);
        Safetensors.Write(folder[$"{name}-lin.safetensors"], linear);
        return $"lpips:{name},{folder[$"{name}.safetensors"]},{folder[$"{name}-lin.safetensors"]}";
    }
}
