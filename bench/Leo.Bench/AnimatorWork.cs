using Leo.Lab;
using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Phase one: LIA at 64×64, batches of 8 pairs, reconstruction losses.</summary>
internal sealed class AnimatorWork : Work
{
    private readonly AnimatorTrainingSettings settings;
    private readonly FixedPairs pairs;

    private AnimatorWork(AnimatorTrainingSettings settings, FixedPairs pairs)
        : base(new AnimatorTask(settings, pairs, new HeldOutClips([])), settings.Training) => (this.settings, this.pairs) = (settings, pairs);

    private protected override string SettingsJson => Json.WriteLine(settings);

    private protected override IReadOnlyDictionary<string, Tensor> Data() =>
        new Dictionary<string, Tensor> { ["source"] = pairs.Source, ["driving"] = pairs.Driving };

    internal static AnimatorWork Create(int threads)
    {
        var tiny = AnimatorTrainingSettings.Tiny;
        var settings = tiny with { Training = Plain(tiny.Training, threads) };
        return new AnimatorWork(settings, new FixedPairs(settings.Training.BatchSize, settings.Animator.Size));
    }
}
