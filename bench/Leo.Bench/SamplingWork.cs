using System.Text.Json.Nodes;
using Leo.Lab;
using Leo.Lab.Diffusion;
using Leo.Lab.Motion;
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

    private readonly MotionWork _work;
    private readonly string _sampler;
    private readonly long[] _seeds;
    private readonly Tensor _alpha1;

    private SamplingWork(string sampler, int batch, int threads) : base(threads)
    {
        _sampler = sampler;
        _work = MotionWork.Create(threads);
        _work.Model.Network.eval();
        _seeds = [.. Enumerable.Range(0, batch).Select(k => Seeds.Derive(Work.Seed, $"bench.sample {k}"))];
        using var generator = Seeds.Generator(Work.Seed, "bench.first codes");
        _alpha1 = randn([batch, _work.Model.Settings.Dim], float32, generator: generator);
    }

    /// <summary><c>ddpm-1</c>, <c>ddim-16</c>, … – sampler and batch.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. new[] { 1, 16 }.SelectMany(batch => Samplers.Keys.Select(name => $"{name}-{batch}"))];

    internal override string What => $"mean absolute value of {_seeds.Length} × {_work.Model.Settings.Length} codes";

    internal static SamplingWork Named(string name, int threads) => name.Split('-') is [var sampler, var batch]
        ? new SamplingWork(sampler, int.Parse(batch), threads)
        : throw new BenchException($"{name} is no sampling work.", 2);

    private protected override JsonObject Settings() => new() { ["sampler"] = _sampler, ["motion"] = JsonNode.Parse(Json.WriteLine(_work.Model.Settings)) };

    private protected override Dictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["alpha1"] = _alpha1,
            ["mean"] = tensor(_work.Model.Normalizer.Mean.ToArray()),
            ["scale"] = tensor(_work.Model.Normalizer.Scale.ToArray()),
            ["timesteps"] = tensor(Timesteps()),
        };
        foreach (var (name, value) in _work.Model.Network.state_dict()) tensors["model." + name] = value;
        for (int k = 0; k < _seeds.Length; k++)
        {
            using var generator = Seeds.Generator(_seeds[k], "motion");
            tensors[$"rng.{k}"] = generator.get_state();
        }
        return tensors;
    }

    private protected override Tensor Make() => new MotionSampler(_work.Model, Samplers[_sampler]).Sample(_alpha1, _work.Model.Settings.Length, _seeds);

    public override void Dispose()
    {
        _alpha1.Dispose();
        _work.Dispose();
    }

    // Which of the model's steps the sampler takes, first to last.
    private long[] Timesteps()
    {
        var diffusion = Samplers[_sampler].Build(_work.Model.Diffusion).Diffusion;
        return [.. Enumerable.Range(0, diffusion.Schedule.Steps).Select(index => (long)diffusion.ModelTimestep(index))];
    }
}
