using Leo.Torch.Tests.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Optim;

/// <summary>Ten training steps of a small network with every optimiser, against PyTorch.</summary>
[Collection(GlobalState.Name)]
public sealed class OptimizerGoldenTests
{
    private static readonly Dictionary<string, Func<Sequential, optim.Optimizer>> Makers = new()
    {
        ["Adam"] = n => optim.Adam(n.parameters(), 0.01),
        ["Adam/decay"] = n => optim.Adam(n.parameters(), 0.02, 0.8, 0.95, 1e-6, 0.1),
        ["Adam/amsgrad"] = n => optim.Adam(n.parameters(), 0.01, amsgrad: true),
        ["Adam/maximize"] = n => optim.Adam(n.named_parameters(), 0.01, maximize: true),
        ["Adam/groups"] = n => optim.Adam(
            [
                new Adam.ParamGroup { Parameters = Part(n, 0), Options = new Adam.Options { LearningRate = 0.05 } },
                new Adam.ParamGroup { Parameters = Part(n, 2), Options = new Adam.Options { beta1 = 0.5, beta2 = 0.9 } }
            ], 0.01),
        ["Adam/clip"] = n => optim.Adam(n.parameters(), 0.01),
        ["AdamW"] = n => optim.AdamW(n.parameters(), 0.01, weight_decay: 0.1),
        ["AdamW/amsgrad"] = n => optim.AdamW(n.parameters(), 0.01, weight_decay: 0.01, amsgrad: true),
        ["SGD"] = n => optim.SGD(n.parameters(), 0.1),
        ["SGD/momentum"] = n => optim.SGD(n.parameters(), 0.1, 0.9, 0.1, 0.01),
        ["SGD/nesterov"] = n => optim.SGD(n.parameters(), 0.1, 0.9, nesterov: true),
        ["SGD/maximize"] = n => optim.SGD(n.parameters(), 0.1, 0.9, weight_decay: 0.1, maximize: true),
        ["RMSProp"] = n => optim.RMSProp(n.parameters(), 0.01),
        ["RMSProp/centered"] = n => optim.RMSProp(n.parameters(), 0.01, 0.9, weight_decay: 0.1, momentum: 0.5, centered: true)
    };

    private static readonly Dictionary<string, Training> Golden = NnGolden.Read<Training>("nn-optim.json").ToDictionary(t => t.Name);

    public static TheoryData<string> Names => [.. Golden.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Optimizer_TenSteps_EqualsPyTorch(string name)
    {
        var golden = Golden[name];
        using var net = SmallNetwork.Make();
        using var optimizer = Makers[name](net);
        for (int s = 0; s < golden.Losses.Length; s++)
        {
            using var scope = NewDisposeScope();
            var loss = SmallNetwork.Backward(net, optimizer, s);
            Assert.Equal(golden.Losses[s][0], loss, 2e-5 * Math.Max(1, Math.Abs(loss)));
            if (golden.Losses[s].Length > 1)
            {
                double norm = nn.utils.clip_grad_norm_(net.parameters(), 0.1);
                Assert.Equal(golden.Losses[s][1], norm, 2e-5 * Math.Max(1, norm));
            }
            optimizer.step();
        }
        using var end = NewDisposeScope();
        foreach (var (key, p) in net.named_parameters()) golden.Parameters[key].Check(key, p);
    }

    private static IEnumerable<Parameter> Part(Sequential net, int i) => ((nn.Module)net[i]).parameters();

    internal sealed record Training(string Name, double[][] Losses, Dictionary<string, TensorSummary> Parameters);
}
