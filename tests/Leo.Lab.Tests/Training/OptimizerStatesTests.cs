using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Training;

public class OptimizerStatesTests
{
    public static TheoryData<string> Kinds => ["adam", "adamW", "amsgrad", "sgd", "momentum", "rmsprop"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SaveThenLoad_IntoAFreshOptimizer_GoesOnAsIfNothingHappened(string kind)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(0, "test");
        using var first = new ToyModel(3, generator);
        using var second = new ToyModel(3, generator);
        using var one = Make(kind, first);
        using var two = Make(kind, second);
        Steps(first, one, 3);
        var state = OptimizerStates.Save(one);
        using (no_grad())
        {
            foreach (var (name, value) in second.state_dict())
            {
                value.copy_(first.state_dict()[name]);
            }
        }
        OptimizerStates.Load(two, (name, shape) => state[name]);
        Steps(first, one, 3);
        Steps(second, two, 3);
        Assert.All(first.state_dict(), p => Assert.True(p.Value.detach().bytes.SequenceEqual(second.state_dict()[p.Key].detach().bytes), p.Key));
    }

    [Fact]
    public void Save_Adam_GivesReadableMoments()
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(0, "test");
        using var model = new ToyModel(3, generator);
        using var adam = Make("adam", model);
        Steps(model, adam, 2);
        var state = OptimizerStates.Save(adam);
        Assert.Equal(["0.exp_avg", "0.exp_avg_sq", "1.exp_avg", "1.exp_avg_sq", "2.exp_avg", "2.exp_avg_sq", "step"], state.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([2L, 2L, 2L], state["step"].ToArray<long>());
        Assert.Equal(model.first.shape, state["0.exp_avg"].shape);
    }

    private static optim.Optimizer Make(string kind, nn.Module model) => kind switch
    {
        "adam" => optim.Adam(model.parameters(), lr: 0.1),
        "adamW" => optim.AdamW(model.parameters(), lr: 0.1),
        "amsgrad" => optim.Adam(model.parameters(), lr: 0.1, amsgrad: true),
        "sgd" => optim.SGD(model.parameters(), 0.1),
        "momentum" => optim.SGD(model.parameters(), 0.1, momentum: 0.9),
        _ => optim.RMSProp(model.parameters(), lr: 0.01),
    };

    private static void Steps(ToyModel model, optim.Optimizer optimizer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            model.forward(ones(4, 3)).pow(2).mean().backward();
            optimizer.step();
        }
    }
}
