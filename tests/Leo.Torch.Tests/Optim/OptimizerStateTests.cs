using Leo.Torch.Tests.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Optim;

[Collection(GlobalState.Name)]
public sealed class OptimizerStateTests
{
    private static readonly Dictionary<string, Func<Sequential, OptimizerHelper>> Makers = new()
    {
        ["Adam"] = n => optim.Adam(n.parameters(), 0.01),
        ["Adam/amsgrad"] = n => optim.Adam(n.parameters(), 0.01, amsgrad: true),
        ["AdamW"] = n => optim.AdamW(n.parameters(), 0.01, weight_decay: 0.1),
        ["SGD"] = n => optim.SGD(n.parameters(), 0.1),
        ["SGD/momentum"] = n => optim.SGD(n.parameters(), 0.1, 0.9),
        ["RMSProp"] = n => optim.RMSProp(n.parameters(), 0.01, momentum: 0.5, centered: true)
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void SaveAndLoad_Halfway_ContinuesBitForBit(string name)
    {
        using var stream = new MemoryStream();
        using Sequential straight = SmallNetwork.Make(), resumed = SmallNetwork.Make();
        using var a = Makers[name](straight);
        Train(straight, a, 0, 4);
        a.save_state_dict(new BinaryWriter(stream));
        resumed.load_state_dict(straight.state_dict());
        using var b = Makers[name](resumed);
        stream.Position = 0;
        b.load_state_dict(new BinaryReader(stream));
        Train(straight, a, 4, 8);
        Train(resumed, b, 4, 8);
        ModuleStateTests.AssertSame(straight, resumed);
    }

    [Theory, MemberData(nameof(Names))]
    public void LoadStateDict_OfAnotherInstance_CopiesIt(string name)
    {
        using Sequential first = SmallNetwork.Make(), second = SmallNetwork.Make();
        using OptimizerHelper a = Makers[name](first), b = Makers[name](second);
        Train(first, a, 0, 3);
        foreach (var group in a.ParamGroups) group.LearningRate = 0.5;
        b.load_state_dict(a.state_dict());
        second.load_state_dict(first.state_dict());
        Assert.All(b.ParamGroups, g => Assert.Equal(0.5, g.LearningRate));
        Assert.All(a.state_dict().State.Zip(b.state_dict().State), s => Assert.True(s.First.ApproximatelyEquals(s.Second)));
        Train(first, a, 3, 5);
        Assert.True(name == "SGD" || !a.state_dict().State[0].ApproximatelyEquals(b.state_dict().State[0]));
        Train(second, b, 3, 5);
        ModuleStateTests.AssertSame(first, second);
    }

    [Fact]
    public void StateDict_OfAdam_GivesStepAndMoments()
    {
        using var net = SmallNetwork.Make();
        using var adam = optim.Adam(net.parameters(), 0.01);
        Train(net, adam, 0, 3);
        var state = adam.state_dict();
        Assert.Equal([[0, 1, 2, 3]], state.StateIndexRef);
        Assert.All(state.State.Cast<Adam.State>(), s => Assert.Equal(3, s.step));
        Assert.Equal(net.parameters().Select(p => p.shape), state.State.Cast<Adam.State>().Select(s => s.exp_avg_sq.shape));
        Assert.Equal(0.9, ((Adam.Options)state.Options[0]).beta1);
    }

    [Fact]
    public void LoadStateDict_OfAnotherKindOrSize_Refuses()
    {
        using var net = SmallNetwork.Make();
        using var adam = optim.Adam(net.parameters());
        using var sgd = optim.SGD(net.parameters(), 0.1);
        using var part = optim.Adam(net.parameters().Take(2));
        using var stream = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        Assert.Contains("Adam", Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(stream))).Message);
        Assert.Throws<ArgumentException>(() => part.load_state_dict(adam.state_dict()));
    }

    [Fact]
    public void Step_WithClosure_ReturnsItsLoss()
    {
        using var net = SmallNetwork.Make();
        using var sgd = optim.SGD(net.parameters(), 0.1);
        using var scope = NewDisposeScope();
        var loss = sgd.step(() =>
        {
            sgd.zero_grad();
            var l = net.call(ones(1, 6)).sum();
            l.backward();
            return l;
        });
        Assert.False(loss!.IsInvalid);
        Assert.Null(sgd.step());
    }

    [Fact]
    public void Step_ParameterWithoutGradient_LeavesItAlone()
    {
        using var scope = NewDisposeScope();
        Parameter used = new(ones(2)), unused = new(ones(2));
        using var adam = optim.Adam([used, unused], 0.1);
        used.sum().backward();
        adam.step();
        Assert.NotEqual(1f, used[0].item<float>());
        Assert.Equal(1f, unused[0].item<float>());
        Assert.Equal([1L, 0], adam.state_dict().State.Cast<Adam.State>().Select(s => s.step));
    }

    [Fact]
    public void Options_OutOfRange_AreNamed()
    {
        Parameter[] none = [];
        Assert.Equal("lr", Assert.Throws<ArgumentException>(() => optim.Adam(none, -1)).ParamName);
        Assert.Equal("beta2", Assert.Throws<ArgumentException>(() => optim.AdamW(none, beta2: 1)).ParamName);
        Assert.Equal("nesterov", Assert.Throws<ArgumentException>(() => optim.SGD(none, 0.1, nesterov: true)).ParamName);
    }

    internal static void Train(Sequential net, optim.Optimizer optimizer, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            SmallNetwork.Backward(net, optimizer, s);
            optimizer.step();
        }
    }
}
