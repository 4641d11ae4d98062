using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>A distance of two sets of 2048 features of 400 numbers, as many as FVD has.</summary>
internal sealed class DistanceWork : InferenceWork
{
    private const int Samples = 2048, Width = 400;
    private readonly string name;
    private readonly Tensor real, fake;

    private DistanceWork(string name, int threads) : base(threads)
    {
        this.name = name;
        using var generator = Seeds.Generator(Work.Seed, "bench.features");
        // Logits are correlated and of very different size: a random mixture of them.
        using var scope = NewDisposeScope();
        var mixture = randn([Width, Width], float32, generator: generator) / 20;
        real = randn([Samples, Width], float32, generator: generator).matmul(mixture).DetachFromDisposeScope();
        fake = (randn([Samples, Width], float32, generator: generator).matmul(mixture) * 1.2f + 0.3f).DetachFromDisposeScope();
    }

    /// <summary>DIGAN's and StyleGAN-V's Fréchet distance, and KVD.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["fvd-digan", "fvd-styleganv", "kvd"];

    internal static DistanceWork Named(string name, int threads) => new(name, threads);

    internal override string What => $"distance of 2 × {Samples} × {Width} features";

    private protected override JsonObject Settings() => new() { ["distance"] = name };

    private protected override Dictionary<string, Tensor> Tensors() => new() { ["real"] = real, ["fake"] = fake };

    private protected override Tensor Make() => tensor(new[]
    {
        (float)(name switch
        {
            "fvd-digan" => FrechetDistance.Between(real, fake, FrechetForm.VideoGpt),
            "fvd-styleganv" => FrechetDistance.Between(real, fake, FrechetForm.StyleGanV),
            _ => KernelDistance.Between(real, fake),
        }),
    });

    public override void Dispose()
    {
        real.Dispose();
        fake.Dispose();
    }
}
