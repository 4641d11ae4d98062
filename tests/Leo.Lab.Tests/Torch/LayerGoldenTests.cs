using static TorchSharp.torch;

namespace Leo.Lab.Tests.Torch;

/// <summary>Every layer and function that this project uses against PyTorch: outputs, gradients, second gradients, buffers.</summary>
public sealed class LayerGoldenTests
{
    private static readonly Dictionary<string, Golden.Case> Cases = Golden.File.Cases.ToDictionary(c => c.Name);

    public static TheoryData<string> ModuleNames => [.. LayerCases.Modules.Keys];

    public static TheoryData<string> FunctionNames => [.. LayerCases.Functions.Keys];

    [Fact]
    public void Cases_OfBothLanguages_AreTheSame() =>
        Assert.Equal(Cases.Keys.Order(), LayerCases.Modules.Keys.Concat(LayerCases.Functions.Keys).Order());

    [Theory, MemberData(nameof(ModuleNames))]
    public void Module_OnFormula_EqualsPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        using var module = LayerCases.Modules[name]();
        Golden.Fill(module);
        module.train(!Cases[name].Eval);
        Check(Cases[name], x => module.call(x[0]), module);
    }

    [Theory, MemberData(nameof(FunctionNames))]
    public void Function_OnFormula_EqualsPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        Check(Cases[name], LayerCases.Functions[name], null);
    }

    [Fact]
    public void Dropout_Training_KeepsAboutItsShare_ScaledUp()
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout(0.25);
        var y = dropout.call(ones(100_000));
        var kept = y.ne(0);
        Assert.Equal(0.75, kept.to(float64).mean().item<double>(), 0.01);
        Assert.True(y.masked_select(kept).sub(4f / 3).abs().max().item<float>() < 1e-6);
    }

    // Numbers of channels that are no multiples of 16, which oneDNN fills up: see NativeCaches.
    [Theory]
    [InlineData(3, 8), InlineData(8, 8), InlineData(16, 3), InlineData(20, 24), InlineData(32, 20), InlineData(20, 64)]
    public void Convolution_AnyChannels_EqualsFloat64(int inputs, int outputs)
    {
        for (int dimensions = 1; dimensions <= 3; dimensions++)
        {
            using var scope = NewDisposeScope();
            var (single, twice) = (Run(dimensions, float32), Run(dimensions, float64));
            foreach (var (a, b) in single.Zip(twice)) Assert.True(a.to(float64).allclose(b, 1e-4, 1e-3), $"{dimensions}d: {(a.to(float64) - b).abs().max().item<double>()}");
        }

        Tensor[] Run(int dimensions, ScalarType type)
        {
            long[] place = [.. Enumerable.Repeat(6L, dimensions)], window = [.. Enumerable.Repeat(3L, dimensions)], one = [.. Enumerable.Repeat(1L, dimensions)];
            var x = Golden.Wave([2, inputs, .. place], 1.7, 0).to(type).requires_grad_();
            var w = Golden.Wave([outputs, inputs, .. window], 0.9, 1).to(type).requires_grad_();
            var y = dimensions switch
            {
                1 => nn.functional.conv1d(x, w, null, 1, 1),
                2 => nn.functional.conv2d(x, w, null, one, one),
                _ => nn.functional.conv3d(x, w, null, one, one),
            };
            (y * Golden.Wave(y.shape, 0.5, 2).to(type)).sum().backward();
            return [y.detach(), x.grad!, w.grad!];
        }
    }

    private static void Check(Golden.Case golden, Func<Tensor[], Tensor> run, nn.Module? module)
    {
        Tensor[] x = [.. golden.Inputs.Select((spec, k) => Golden.Input(k, spec))];
        var y = run(x);
        golden.Output.Check("output", y);
        var loss = Golden.Loss(y);
        if (golden.Second) loss = autograd.grad([loss], [x[0]], create_graph: true, retain_graph: true)[0].square().sum();
        loss.backward();
        var targets = x.Select((t, k) => ($"x{k}", t)).Concat(module?.named_parameters().Select(p => (p.name, (Tensor)p.parameter)) ?? [])
            .Where(t => t.Item2.grad is not null).ToDictionary();
        Assert.Equal(golden.Grads.Keys.Order(), targets.Keys.Order());
        foreach (var (name, t) in targets) golden.Grads[name].Check("gradient of " + name, t.grad!);
        foreach (var (name, b) in module?.named_buffers() ?? []) golden.Buffers[name].Check("buffer " + name, b);
    }
}
