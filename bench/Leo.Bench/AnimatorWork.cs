using Leo.Lab;
using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Phase one: LIA at 64×64, batches of pairs, reconstruction losses.</summary>
internal sealed class AnimatorWork : Work
{
    private readonly AnimatorRecipe _settings;
    private readonly FixedPairs _pairs;

    private AnimatorWork(AnimatorRecipe settings, FixedPairs pairs)
        : base(new AnimatorTask(settings, pairs, new HeldOutClips([])), settings.Training) => (_settings, _pairs) = (settings, pairs);

    private protected override string SettingsJson => Json.WriteLine(_settings);

    private protected override IReadOnlyDictionary<string, Tensor> Data() =>
        new Dictionary<string, Tensor> { ["source"] = _pairs.Source, ["driving"] = _pairs.Driving };

    internal static AnimatorWork Create(int threads, Precision precision) => Create(AnimatorRecipe.Tiny, threads, precision);

    /// <summary>The same with LIA's official widths.</summary>
    internal static AnimatorWork CreateOfficial(int threads, Precision precision, int size = 64, int batch = 4)
    {
        var tiny = AnimatorRecipe.Tiny;
        return Create(tiny with { Animator = AnimatorSettings.Official(size), Training = tiny.Training with { BatchSize = batch } }, threads, precision);
    }

    private static AnimatorWork Create(AnimatorRecipe recipe, int threads, Precision precision)
    {
        var settings = recipe with { Training = Plain(recipe.Training, threads) with { Precision = precision } };
        return new AnimatorWork(settings, new FixedPairs(settings.Training.BatchSize, settings.Animator.Size));
    }
}
