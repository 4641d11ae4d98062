using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Second phase of the training: the motion model learns sequences of codes (LEO §3.2, Eq. 4; Eq. 1 without condition).</summary>
public sealed class MotionTask : ModelTask
{
    private static readonly SamplerSpec Preview = SamplerSpec.Ddim50;

    private readonly CodeBatches _codes;
    private readonly double _framesPerSecond;

    /// <summary>Makes a model and binds it to its data.</summary>
    /// <param name="recipe">What to train and how; the codes' dimension takes the place of the recipe's.</param>
    /// <param name="train">Codes to learn from.</param>
    /// <param name="heldOut">Codes of other videos, for validation; null for none.</param>
    /// <param name="model">A model to train in place of a fresh one, of the recipe's shape; it stays the caller's.</param>
    /// <exception cref="SettingsException">The recipe is at fault.</exception>
    /// <exception cref="LeoException">No video is long enough, the held-out codes are another animator's, or the model is of another shape.</exception>
    public MotionTask(MotionRecipe recipe, CodeSequences train, CodeSequences? heldOut = null, MotionModel? model = null)
        : this(Fitting(recipe, train), train, heldOut, model ?? MotionModel.Create(Fitting(recipe, train).Motion, train, recipe.Training.Seed), model is null)
    {
    }

    private MotionTask(MotionRecipe recipe, CodeSequences train, CodeSequences? heldOut, MotionModel model, bool owned)
        : this(recipe, new CodeBatches(train, heldOut, recipe.Motion.Whole, recipe.Reverse, Start(recipe, model)), model, owned) => _framesPerSecond = train.FramesPerSecond;

    private MotionTask(MotionRecipe recipe, CodeBatches codes, MotionModel model, bool owned)
        : base(recipe, model, owned, codes, new DenoisingObjective(model, recipe.Training.Seed))
    {
        RequireShape(recipe.Motion, model);
        (_codes, Motion) = (codes, model);
    }

    /// <summary>The model in training.</summary>
    public MotionModel Motion { get; }

    /// <summary>What renders sampled codes [K, L, D] into the samples' folder, given the step; null leaves the codes alone.</summary>
    public Action<Tensor, string, long>? Render { get; init; }

    /// <summary>Held-out loss, and how sampled motion compares with real (<see cref="MotionStatistics.Against"/>) under <c>motion.*</c>.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        var loss = base.Validate();
        var (real, sampled) = RealAndSampled(32);
        return WithMotion(loss, sampled, real);
    }

    /// <summary>Writes <c>motion-STEP.safetensors</c>: sampled <c>codes</c> and the <c>real</c> sequences with the same first codes, [8, L, D].</summary>
    public override void Sample(string folder, long step)
    {
        using var scope = NewDisposeScope();
        var (real, sampled) = RealAndSampled(8);
        Safetensors.Write(
            Path.Combine(folder, $"motion-{step:D7}.safetensors"),
            new Dictionary<string, Tensor> { ["codes"] = sampled, ["real"] = real },
            new Dictionary<string, string> { ["fps"] = FormattableString.Invariant($"{_framesPerSecond}"), ["sampler"] = $"{Preview}" });
        Render?.Invoke(sampled, folder, step);
    }

    private static MotionRecipe Fitting(MotionRecipe recipe, CodeSequences codes)
    {
        recipe.Validate();
        return recipe with { Motion = recipe.Motion with { Dim = codes.Dim } };
    }

    private static Func<Tensor, Generator, Tensor>? Start(MotionRecipe recipe, MotionModel model) => recipe.StartShift > 0 && model is ConditionalMotionModel
        ? (codes, generator) => WrongStart.Shift(codes, model.Normalizer.Scale, recipe.StartShift, generator)
        : null;

    private (Tensor Real, Tensor Sampled) RealAndSampled(int count)
    {
        var real = _codes.Real(count).narrow(1, 0, Motion.Settings.Length);
        var alpha1 = Motion is ConditionalMotionModel ? real.select(1, 0) : null;
        return (real, new MotionSampler(Motion, Preview).Sample(alpha1, Motion.Settings.Length, PreviewSeeds(real.shape[0])).cpu());
    }
}
