using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Nn;

/// <summary>Every module and function against PyTorch: outputs, gradients, second gradients, buffers, initial values.</summary>
[Collection(GlobalState.Name)]
public sealed class NnGoldenTests
{
    public static TheoryData<string> ModuleNames => [.. NnModuleCases.All.Keys.Concat(NnLossCases.All.Keys)];

    public static TheoryData<string> FunctionNames => [.. NnFunctionalCases.All.Keys];

    public static TheoryData<string> InitNames => [.. NnInitCases.All.Keys];

    public static TheoryData<string> BornNames => [.. NnInitCases.Born.Keys];

    [Fact]
    public void Cases_OfBothLanguages_AreTheSame()
    {
        string[] here = [.. NnModuleCases.All.Keys, .. NnLossCases.All.Keys, .. NnFunctionalCases.All.Keys,
            .. NnInitCases.All.Keys.Select(k => "init/" + k), .. NnInitCases.Born.Keys.Select(k => "born/" + k)];
        Assert.Equal(NnGolden.All.Keys.Order(), here.Order());
    }

    [Theory, MemberData(nameof(ModuleNames))]
    public void Module_OnFormula_EqualsPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var golden = NnGolden.All[name];
        if (golden.Seed is { } seed) manual_seed(seed);
        using nn.Module module = NnModuleCases.All.TryGetValue(name, out var make) ? make() : NnLossCases.All[name]();
        NnFormula.Fill(module);
        if (golden.Eval) module.eval();
        Check(golden, x => module switch
        {
            nn.Module<Tensor, Tensor> one => one.call(x[0]),
            nn.Module<Tensor, Tensor, Tensor> two => two.call(x[0], x[1]),
            _ => throw new InvalidOperationException(name)
        }, module);
    }

    [Theory, MemberData(nameof(FunctionNames))]
    public void Function_OnFormula_EqualsPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var golden = NnGolden.All[name];
        if (golden.Seed is { } seed) manual_seed(seed);
        Check(golden, NnFunctionalCases.All[name], null);
    }

    [Theory, MemberData(nameof(InitNames))]
    public void Init_WithSeed_EqualsPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var golden = NnGolden.All["init/" + name];
        manual_seed(golden.Seed!.Value);
        var weight = new Parameter(empty([.. golden.Inputs[0][1..].Select(long.Parse)]));
        var result = NnInitCases.All[name](weight);
        Assert.Same(weight, result);
        Assert.True(weight.is_leaf && weight.requires_grad);
        golden.Output.Check(name, weight);
    }

    [Theory, MemberData(nameof(BornNames))]
    public void NewModule_WithSeed_EqualsPyTorch(string name)
    {
        var golden = NnGolden.All["born/" + name];
        manual_seed(golden.Seed!.Value);
        using var module = NnInitCases.Born[name]();
        Assert.Equal(golden.Grads!.Keys, module.named_parameters().Select(p => p.name));
        using var scope = NewDisposeScope();
        foreach (var (key, p) in module.named_parameters()) golden.Grads[key].Check($"{name}.{key}", p);
    }

    private static void Check(NnGolden golden, Func<Tensor[], Tensor> run, nn.Module? module)
    {
        Tensor[] x = [.. golden.Inputs.Select((spec, k) => NnFormula.Input(k, spec))];
        var y = run(x);
        for (int i = 1; i < (golden.Calls ?? 1); i++) y = run(x);
        golden.Output.Check("output", y);

        Assert.Equal(golden.Grads is not null, y.requires_grad);
        if (golden.Grads is null) return;
        var loss = NnFormula.Loss(y);
        if (golden.Second)
        {
            var g = autograd.grad([loss], [x[0]], create_graph: true, retain_graph: true)[0];
            loss = (g * g).sum();
        }
        loss.backward();
        var targets = x.Select((t, k) => ($"x{k}", t))
            .Concat(module?.named_parameters().Select(p => (p.name, (Tensor)p.parameter)) ?? []).ToList();
        Assert.Equal(golden.Grads.Keys, targets.Where(t => t.Item2.grad is not null).Select(t => t.Item1));
        foreach (var (name, t) in targets)
            if (golden.Grads.TryGetValue(name, out var expected)) expected.Check("gradient of " + name, t.grad!);

        var buffers = module?.named_buffers().ToList() ?? [];
        Assert.Equal(golden.Buffers?.Keys.ToArray() ?? [], buffers.Select(b => b.name));
        foreach (var (name, b) in buffers) golden.Buffers![name].Check("buffer " + name, b);
    }
}
