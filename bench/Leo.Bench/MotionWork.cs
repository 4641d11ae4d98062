using Leo.Lab;
using Leo.Lab.Motion;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Phase two: the cLMDM on sequences of 64 codes of 20 numbers, batches of 32 random crops.</summary>
internal sealed class MotionWork : Work
{
    private const int Videos = 16, Frames = 128;

    private readonly MotionRecipe _recipe;
    private readonly CodeSequences _codes;

    private MotionWork(MotionRecipe recipe, CodeSequences codes, MotionTask task)
        : base(task, recipe.Training) => (_recipe, _codes, Model) = (recipe, codes, task.Motion);

    private protected override string SettingsJson => Json.WriteLine(_recipe);

    internal MotionModel Model { get; }

    private protected override IReadOnlyDictionary<string, Tensor> Data() => new Dictionary<string, Tensor>
    {
        ["codes"] = stack([.. _codes.Videos.Select(v => v.ToTensor())]),
        ["mean"] = tensor(Model.Normalizer.Mean.ToArray()),
        ["scale"] = tensor(Model.Normalizer.Scale.ToArray()),
    };

    internal static MotionWork Create(int threads)
    {
        var recipe = new MotionRecipe { Training = Plain(MotionRecipe.Tiny.Training, threads) };
        var codes = new CodeSequences([.. Enumerable.Range(0, Videos).Select(v => Wander(v, recipe.Motion.Dim))], 25);
        var task = new MotionTask(recipe, codes);
        Stir(task.Motion);
        return new MotionWork(recipe, codes, task);
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
