using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Nn;

[Collection(GlobalState.Name)]
public sealed class ModuleRegistrationTests
{
    private static readonly string[] BlockKeys = ["scale", "first.weight", "first.bias", "tail.out.weight", "offset"];

    [Fact]
    public void StateDict_OfFields_HasTheirNamesParametersFirst()
    {
        using var block = new SampleBlock(4);
        Assert.Equal(BlockKeys, block.state_dict().Keys);
    }

    [Fact]
    public void StateDict_OfNestedContainers_HasDottedNames()
    {
        using var net = new SampleNetwork();
        string[] expected =
        [
            .. new[] { "0", "1" }.SelectMany(i => BlockKeys.Where(k => k != "offset").Select(k => $"blocks.{i}.{k}")),
            "heads.a.weight", "heads.a.bias", "heads.b.weight", "heads.b.bias", "weights.0", "weights.1",
            "blocks.0.offset", "blocks.1.offset"
        ];
        Assert.Equal(expected, net.state_dict().Keys);
    }

    [Fact]
    public void NamedBuffers_Nonpersistent_OnlyOutsideTheStateDict()
    {
        using var net = new SampleNetwork();
        Assert.Equal(["count", "blocks.0.offset", "blocks.1.offset"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["blocks.0.offset", "blocks.1.offset"], net.named_buffers(include_nonpersistent: false).Select(b => b.name));
    }

    [Fact]
    public void NamedModules_ListsDirectOnesFirst()
    {
        using var block = new SampleBlock(4);
        Assert.Equal(["first", "tail", "tail.act", "tail.out"], block.named_modules().Select(m => m.name));
        Assert.Equal(["first", "tail"], block.named_children().Select(m => m.name));
    }

    [Fact]
    public void Parameters_SharedByTwoModules_AreListedOnceButSavedUnderBothNames()
    {
        var weight = new Parameter(ones(3, 3));
        using var net = nn.Sequential(nn.Linear(weight), nn.Linear(weight));
        Assert.Single(net.parameters());
        Assert.Equal(["0.weight", "1.weight"], net.state_dict().Keys);
    }

    [Fact]
    public void Components_MadeInsideAScope_OutliveIt()
    {
        SampleBlock block;
        using (NewDisposeScope()) block = new SampleBlock(4);
        Assert.All(block.state_dict().Values, t => Assert.False(t.IsInvalid));
        block.Dispose();
    }

    [Fact]
    public void Dispose_FreesEveryTensor()
    {
        long before = Tensor.TotalCount;
        var net = new SampleNetwork();
        Assert.True(Tensor.TotalCount > before);
        net.Dispose();
        net.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void GetParameter_ByDottedName_FindsIt()
    {
        using var net = new SampleNetwork();
        Assert.Same(net.named_parameters().First(p => p.name == "blocks.1.tail.out.weight").parameter,
            net.get_parameter("blocks.1.tail.out.weight"));
        Assert.True(net.has_parameter("weights.1"));
        Assert.True(net.has_buffer("blocks.0.offset"));
        Assert.Null(net.get_parameter("blocks.2.scale"));
        Assert.False(net.has_buffer("scale"));
    }

    [Fact]
    public void Register_TakenOrBadName_Refuses()
    {
        using var block = new SampleBlock(2);
        Assert.Contains("'scale'", Assert.Throws<InvalidOperationException>(
            () => block.register_parameter("scale", new Parameter(ones(1)))).Message);
        Assert.Contains("'first'", Assert.Throws<InvalidOperationException>(
            () => block.register_module("first", nn.ReLU())).Message);
        Assert.Contains("'a.b'", Assert.Throws<ArgumentException>(() => block.register_module("a.b", nn.ReLU())).Message);
        Assert.Throws<ArgumentNullException>(() => block.register_buffer("none", null!));
    }

    [Fact]
    public void ParameterLessModule_GivenAParameter_Refuses()
        => Assert.Throws<InvalidOperationException>(() => nn.ReLU().register_parameter("w", new Parameter(ones(1))));

    [Fact]
    public void SettingAWeight_ReplacesTheRegisteredParameter()
    {
        using var layer = nn.Linear(3, 2);
        var old = layer.weight;
        layer.weight = new Parameter(zeros(2, 3));
        Assert.True(old.IsInvalid);
        Assert.Same(layer.weight, layer.parameters().First());
        layer.bias = null;
        Assert.Equal(["weight"], layer.state_dict().Keys);
    }

    [Fact]
    public void Parameter_OfATensor_TakesItOver()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var p = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(p.requires_grad && p.is_leaf);
        Assert.False(new Parameter(ones(2), requires_grad: false).requires_grad);
    }
}
