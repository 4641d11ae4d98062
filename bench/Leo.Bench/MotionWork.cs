using Leo.Lab;
using Leo.Lab.Experiments;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Phase two: the cLMDM on sequences of 64 codes of 20 numbers, batches of 32 random crops.</summary>
internal sealed class MotionWork : Work
{
    private const int Videos = 16, Frames = 128;

    private readonly MotionRunSettings settings;
    private readonly MotionModel model;
    private readonly CodeSequences codes;

    private MotionWork(MotionRunSettings settings, MotionModel model, CodeSequences codes)
        : base(new MotionTask(model, codes, settings.Training), settings.Training) => (this.settings, this.model, this.codes) = (settings, model, codes);

    private protected override string SettingsJson => Json.WriteLine(settings);

    internal MotionModel Model => model;

    private protected override IReadOnlyDictionary<string, Tensor> Data() => new Dictionary<string, Tensor>
    {
        ["codes"] = stack([.. codes.Videos.Select(v => v.ToTensor())]),
        ["mean"] = tensor(model.Normalizer.Mean.ToArray()),
        ["scale"] = tensor(model.Normalizer.Scale.ToArray()),
    };

    internal static MotionWork Create(int threads)
    {
        var settings = MotionRunSettings.Tiny with { Training = Plain(MotionTask.TinyTraining, threads) };
        var codes = new CodeSequences([.. Enumerable.Range(0, Videos).Select(v => Wander(v, settings.Motion.Dim))], 25);
        var model = MotionModel.Create(settings.Motion, codes, Seed);
        Stir(model);
        return new MotionWork(settings, model, codes);
    }

    public override void Dispose()
    {
        base.Dispose();
        model.Dispose();
    }

    private static CodeSequence Wander(int video, int dim)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(Seed, $"bench.codes.{video}");
        return CodeSequence.From($"{video}", randn([Frames, dim], float32, generator: generator).cumsum(0));
    }

    // A fresh network's last layers are zero, and it would predict zero whatever the others do: nothing to compare.
    private static void Stir(MotionModel model)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var generator = Seeds.Generator(Seed, "bench.weights");
        foreach (var parameter in model.Network.parameters())
            parameter.add_(randn(parameter.shape, float32, generator: generator) * 0.03);
    }
}
