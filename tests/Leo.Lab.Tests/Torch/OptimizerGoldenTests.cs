using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Torch;

/// <summary>Ten steps of a small network with Adam, as this project uses it, against PyTorch.</summary>
public sealed class OptimizerGoldenTests
{
    private static readonly Dictionary<string, Func<Sequential, optim.Optimizer>> Makers = new()
    {
        ["Adam"] = n => optim.Adam(n.parameters(), lr: 0.01),
        ["Adam/betas"] = n => optim.Adam(n.parameters(), 0.01, 0, 0.99),
        ["Adam/clip"] = n => optim.Adam(n.parameters(), lr: 0.01),
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Optimizer_TenSteps_EqualsPyTorch(string name)
    {
        var golden = Golden.File.Trainings.Single(t => t.Name == name);
        using var net = nn.Sequential(nn.Linear(6, 8), nn.SiLU(), nn.Linear(8, 2));
        Golden.Fill(net);
        using var optimizer = Makers[name](net);
        for (int s = 0; s < golden.Losses.Length; s++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = (net.call(Golden.Wave([5, 6], 1.7, s)) - Golden.Wave([5, 2], 1.3, s)).square().mean();
            loss.backward();
            Assert.Equal(golden.Losses[s], loss.item<float>(), 2e-5);
            if (golden.Norms.Length > 0) Assert.Equal(golden.Norms[s], nn.utils.clip_grad_norm_(net.parameters(), 0.1), 2e-5);
            optimizer.step();
        }
        using var end = NewDisposeScope();
        foreach (var (key, p) in net.named_parameters()) golden.Parameters[key].Check(key, p);
    }
}
