using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Metrics;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>A distance of two sets of 2048 features of 400 numbers, as many as FVD has.</summary>
internal sealed class DistanceWork : InferenceWork
{
    private const int Samples = 2048, Width = 400;
    private readonly string _name;
    private readonly Tensor _real, _fake;

    private DistanceWork(string name, int threads) : base(threads)
    {
        _name = name;
        using var generator = Seeds.Generator(Work.Seed, "bench.features");
        // Logits are correlated and of very different size: a random mixture of them.
        using var scope = NewDisposeScope();
        var mixture = randn([Width, Width], float32, generator: generator) / 20;
        _real = randn([Samples, Width], float32, generator: generator).matmul(mixture).DetachFromDisposeScope();
        _fake = (randn([Samples, Width], float32, generator: generator).matmul(mixture) * 1.2f + 0.3f).DetachFromDisposeScope();
    }

    /// <summary>DIGAN's and StyleGAN-V's Fréchet distance, and KVD.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["fvd-digan", "fvd-styleganv", "kvd"];

    internal static DistanceWork Named(string name, int threads) => new(name, threads);

    internal override string What => $"distance of 2 × {Samples} × {Width} features";

    private protected override JsonObject Settings() => new() { ["distance"] = _name };

    private protected override Dictionary<string, Tensor> Tensors() => new() { ["real"] = _real, ["fake"] = _fake };

    private protected override Tensor Make() => tensor(new[]
    {
        (float)(_name switch
        {
            "fvd-digan" => FrechetDistance.Between(_real, _fake, FrechetForm.VideoGpt),
            "fvd-styleganv" => FrechetDistance.Between(_real, _fake, FrechetForm.StyleGanV),
            _ => KernelDistance.Between(_real, _fake),
        }),
    });

    public override void Dispose()
    {
        _real.Dispose();
        _fake.Dispose();
    }
}
