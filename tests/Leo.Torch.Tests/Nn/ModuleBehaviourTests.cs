using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Nn;

[Collection(GlobalState.Name)]
public sealed class ModuleBehaviourTests
{
    [Fact]
    public void Train_And_Eval_ReachEverySubmodule()
    {
        using var net = new SampleNetwork();
        Assert.True(net.training);
        net.eval();
        Assert.All(net.modules(), m => Assert.False(m.training));
        net.train();
        Assert.All(net.modules(), m => Assert.True(m.training));
    }

    [Fact]
    public void Apply_VisitsChildrenFirst()
    {
        using var block = new SampleBlock(2);
        var names = new List<string>();
        Assert.Same(block, block.apply(m => names.Add(m.GetName())));
        Assert.Equal(["Linear", "ReLU", "Linear", "Sequential", "SampleBlock"], names);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void ZeroGrad_DropsOrClearsGradients(bool drop)
    {
        using var block = new SampleBlock(2);
        using var scope = NewDisposeScope();
        block.call(ones(1, 2)).sum().backward();
        block.zero_grad(drop);
        if (drop) Assert.All(block.parameters(), p => Assert.Null(p.grad));
        else Assert.All(block.parameters(), p => Assert.Equal(0f, p.grad!.abs().sum().item<float>()));
    }

    [Fact]
    public void Hooks_ChangeInputAndOutput_UntilRemoved()
    {
        using var layer = nn.Identity();
        using var scope = NewDisposeScope();
        int seen = 0;
        var before = layer.register_forward_pre_hook((_, x) => x + 1);
        var after = layer.register_forward_hook((_, x, y) => x * y);
        var watch = layer.register_forward_hook(_ => seen++);
        Assert.Equal(9f, layer.call(full(1, 2f)).item<float>());
        Assert.Equal(2f, layer.forward(full(1, 2f)).item<float>());
        before.remove();
        after.remove();
        watch.remove();
        Assert.Equal(2f, layer.call(full(1, 2f)).item<float>());
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Sequential_Slices_ShareTheirModules()
    {
        using var net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1)).append("last", nn.Sigmoid());
        Assert.Equal(4, net.Count);
        Assert.Equal(["0", "1", "2", "last"], net.named_children().Select(c => c.name));
        Assert.Same(net[2], net[1..3][1]);
        Assert.Equal(2, net[(null, 2)].Count);
        Assert.Throws<IndexOutOfRangeException>(() => net[(0, 9)]);
    }

    [Fact]
    public void Sequential_Empty_ReturnsItsInput()
    {
        using var scope = NewDisposeScope();
        var x = ones(2);
        Assert.True(x.Equals(nn.Sequential().call(x)));
    }

    [Fact]
    public void Convolution_WrongChannels_NamesShapeAndExpectation()
    {
        using var scope = NewDisposeScope();
        using var conv = nn.Conv2d(3, 4, 3);
        string message = Assert.Throws<ArgumentException>(() => conv.call(zeros(1, 2, 5, 5))).Message;
        Assert.Contains("[N, 3, …]", message);
        Assert.Contains("[1, 2, 5, 5]", message);
        Assert.Throws<ArgumentException>(() => nn.Conv2d(3, 4, 3, groups: 2));
        Assert.Throws<ArgumentException>(() => nn.Conv2d(4, 4, 3, Padding.Same, stride: 2));
    }

    [Fact]
    public void ConvTranspose_OutputSize_IsMetOrRefused()
    {
        using var scope = NewDisposeScope();
        using var conv = nn.ConvTranspose2d(2, 1, 3, 2, 1);
        Assert.Equal([1L, 1, 10, 9], conv.forward(zeros(1, 2, 5, 5), [10, 9]).shape);
        Assert.Throws<ArgumentException>(() => conv.forward(zeros(1, 2, 5, 5), [12, 9]));
    }

    [Fact]
    public void Interpolate_ContradictoryArguments_Refuses()
    {
        using var scope = NewDisposeScope();
        var x = zeros(1, 1, 4, 4);
        Assert.Throws<ArgumentException>(() => nn.functional.interpolate(x));
        Assert.Throws<ArgumentException>(() => nn.functional.interpolate(x, [2, 2], [2, 2]));
        Assert.Throws<ArgumentException>(() => nn.functional.interpolate(x, [2]));
        Assert.Throws<ArgumentException>(() => nn.functional.interpolate(x, [2, 2], align_corners: true));
        Assert.Throws<ArgumentException>(() => nn.functional.interpolate(x, [2, 2], mode: InterpolationMode.Trilinear));
    }

    [Fact]
    public void InPlaceActivation_OverwritesItsInput()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -1f, 2f });
        var y = nn.ReLU(inplace: true).call(x);
        Assert.Equal([0f, 2f], x.data<float>().ToArray());
        Assert.True(x.Equals(y));
    }
}
