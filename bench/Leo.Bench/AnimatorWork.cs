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

    internal static AnimatorWork Create(int threads) => Create(AnimatorRecipe.Tiny, threads);

    /// <summary>The same with LIA's official widths and batches of 4.</summary>
    internal static AnimatorWork CreateOfficial(int threads)
    {
        var tiny = AnimatorRecipe.Tiny;
        return Create(tiny with { Animator = AnimatorSettings.Official(64), Training = tiny.Training with { BatchSize = 4 } }, threads);
    }

    private static AnimatorWork Create(AnimatorRecipe recipe, int threads)
    {
        var settings = recipe with { Training = Plain(recipe.Training, threads) };
        return new AnimatorWork(settings, new FixedPairs(settings.Training.BatchSize, settings.Animator.Size));
    }
}
