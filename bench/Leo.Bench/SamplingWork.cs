using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Sequences of 64 × 20 motion codes from the Tiny cLMDM, one or sixteen at a time, by DDPM, DDIM or DPM-Solver++(2M).</summary>
internal sealed class SamplingWork : InferenceWork
{
    private static readonly Dictionary<string, SamplerSpec> Samplers = new()
    {
        ["ddpm"] = SamplerSpec.Ddpm,
        ["ddim"] = SamplerSpec.Ddim50,
        ["dpm++"] = SamplerSpec.DpmSolver20,
    };

    private readonly MotionWork work;
    private readonly string sampler;
    private readonly long[] seeds;
    private readonly Tensor alpha1;

    private SamplingWork(string sampler, int batch, int threads) : base(threads)
    {
        this.sampler = sampler;
        work = MotionWork.Create(threads);
        work.Model.Network.eval();
        seeds = [.. Enumerable.Range(0, batch).Select(k => Seeds.Derive(Work.Seed, $"bench.sample {k}"))];
        using var generator = Seeds.Generator(Work.Seed, "bench.first codes");
        alpha1 = randn([batch, work.Model.Settings.Dim], float32, generator: generator);
    }

    /// <summary><c>ddpm-1</c>, <c>ddim-16</c>, … – sampler and batch.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. new[] { 1, 16 }.SelectMany(batch => Samplers.Keys.Select(name => $"{name}-{batch}"))];

    internal override string What => $"mean absolute value of {seeds.Length} × {work.Model.Settings.Length} codes";

    internal static SamplingWork Named(string name, int threads) => name.Split('-') is [var sampler, var batch]
        ? new SamplingWork(sampler, int.Parse(batch), threads)
        : throw new BenchException($"{name} is no sampling work.", 2);

    private protected override JsonObject Settings() => new() { ["sampler"] = sampler, ["motion"] = JsonNode.Parse(Json.WriteLine(work.Model.Settings)) };

    private protected override Dictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["alpha1"] = alpha1,
            ["mean"] = tensor(work.Model.Normalizer.Mean.ToArray()),
            ["scale"] = tensor(work.Model.Normalizer.Scale.ToArray()),
            ["timesteps"] = tensor(Timesteps()),
        };
        foreach (var (name, value) in work.Model.Network.state_dict()) tensors["model." + name] = value;
        for (int k = 0; k < seeds.Length; k++)
        {
            using var generator = Seeds.Generator(seeds[k], "motion");
            tensors[$"rng.{k}"] = generator.get_state();
        }
        return tensors;
    }

    private protected override Tensor Make() => new MotionSampler(work.Model, Samplers[sampler]).Sample(alpha1, work.Model.Settings.Length, seeds);

    public override void Dispose()
    {
        alpha1.Dispose();
        work.Dispose();
    }

    // Which of the model's steps the sampler takes, first to last.
    private long[] Timesteps()
    {
        var diffusion = Samplers[sampler].Build(work.Model.Diffusion).Diffusion;
        return [.. Enumerable.Range(0, diffusion.Schedule.Steps).Select(index => (long)diffusion.ModelTimestep(index))];
    }
}
