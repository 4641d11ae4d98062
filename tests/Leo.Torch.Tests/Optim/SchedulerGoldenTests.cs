using Leo.Torch.Tests.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;
using static TorchSharp.torch.optim.lr_scheduler.impl;

namespace Leo.Torch.Tests.Optim;

/// <summary>The rates of thirty epochs under every schedule, against PyTorch.</summary>
[Collection(GlobalState.Name)]
public sealed class SchedulerGoldenTests
{
    private static readonly Dictionary<string, Func<Optimizer, lr_scheduler.LRScheduler>> Makers = new()
    {
        ["StepLR"] = o => lr_scheduler.StepLR(o, 4, 0.5),
        ["MultiStepLR"] = o => lr_scheduler.MultiStepLR(o, [3, 7, 7, 20], 0.5),
        ["ExponentialLR"] = o => lr_scheduler.ExponentialLR(o, 0.9),
        ["ConstantLR"] = o => lr_scheduler.ConstantLR(o, 0.25, 6),
        ["LinearLR"] = o => lr_scheduler.LinearLR(o, 0.1, 0.8, 12),
        ["PolynomialLR"] = o => lr_scheduler.PolynomialLR(o, 12, 2.0),
        ["CosineAnnealingLR"] = o => lr_scheduler.CosineAnnealingLR(o, 10, 0.01),
        ["LambdaLR"] = o => lr_scheduler.LambdaLR(o, e => 1.0 / (1 + e)),
        ["MultiplicativeLR"] = o => lr_scheduler.MultiplicativeLR(o, e => e % 2 == 1 ? 0.95 : 1.0),
        ["OneCycleLR"] = o => lr_scheduler.OneCycleLR(o, [0.2, 1.0], total_steps: 30),
        ["OneCycleLR/linear"] = o => lr_scheduler.OneCycleLR(o, 0.4, epochs: 6, steps_per_epoch: 5,
            anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, three_phase: true),
        ["CyclicLR"] = o => lr_scheduler.CyclicLR(o, 0.1, 0.5, 3, 5, impl.CyclicLR.Mode.Triangular2),
        ["CyclicLR/exp"] = o => lr_scheduler.CyclicLR(o, 0.1, 0.5, 4, mode: impl.CyclicLR.Mode.ExpRange, gamma: 0.97),
        ["ReduceLROnPlateau"] = o => lr_scheduler.ReduceLROnPlateau(o, patience: 2, cooldown: 1, min_lr: [1e-3]),
        ["ReduceLROnPlateau/max"] = o => lr_scheduler.ReduceLROnPlateau(o, "max", 0.5, 1, 0.05, "abs"),
        ["SequentialLR"] = o => lr_scheduler.SequentialLR(o,
            [lr_scheduler.LinearLR(o, 0.1, total_iters: 5), lr_scheduler.ExponentialLR(o, 0.9)], [5])
    };

    private static readonly Dictionary<string, Func<int, double>> Metrics = new()
    {
        ["ReduceLROnPlateau"] = s => Math.Max(1.0 - 0.2 * s, 0.3),
        ["ReduceLROnPlateau/max"] = s => Math.Sin(0.3 * s)
    };

    private static readonly Dictionary<string, Rows> Golden = NnGolden.Read<Rows>("nn-schedules.json").ToDictionary(r => r.Name);

    public static TheoryData<string> Names => [.. Golden.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Schedule_ThirtyEpochs_EqualsPyTorch(string name)
    {
        using var net = SmallNetwork.Make();
        var first = new SGD.ParamGroup { Parameters = ((nn.Module)net[0]).parameters() };
        var second = new SGD.ParamGroup { Parameters = ((nn.Module)net[2]).parameters(), Options = new SGD.Options { LearningRate = 0.5 } };
        using var optimizer = SGD([first, second], 0.1, 0.9);
        var schedule = Makers[name](optimizer);
        int s = 0;
        foreach (var row in Golden[name].Rates)
        {
            double[] rates = [first.LearningRate, second.LearningRate], momenta = [first.Momentum, second.Momentum];
            double[] actual = row.Length > 2 ? [.. rates, .. momenta] : rates;
            for (int i = 0; i < row.Length; i++) Assert.Equal(row[i], actual[i], 1e-7 * Math.Max(1, Math.Abs(row[i])));
            if (s > 0) Assert.Equal(rates, schedule.get_last_lr());
            optimizer.step();
            if (Metrics.TryGetValue(name, out var metric)) schedule.step(metric(s));
            else schedule.step();
            s++;
        }
    }

    private sealed record Rows(string Name, double[][] Rates);
}
