using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Trains the Transition DM on crops of real motion, whose two ends it is told (LEO §6).</summary>
public sealed class TransitionTask : ModelTask
{
    private readonly CodeBatches _codes;

    /// <summary>Makes a model and binds it to its data.</summary>
    /// <param name="recipe">What to train and how; the codes' dimension takes the place of the recipe's.</param>
    /// <param name="train">Codes to learn from.</param>
    /// <param name="heldOut">Codes of other videos, for validation; null for none.</param>
    /// <param name="model">A model to train in place of a fresh one, of the recipe's shape; it stays the caller's.</param>
    /// <exception cref="SettingsException">The recipe is at fault.</exception>
    /// <exception cref="LeoException">No video is long enough, the held-out codes are another animator's, or the model is of another shape.</exception>
    public TransitionTask(TransitionRecipe recipe, CodeSequences train, CodeSequences? heldOut = null, TransitionModel? model = null)
        : this(Fitting(recipe, train), new CodeBatches(train, heldOut, recipe.Transition.Length), model ?? TransitionModel.Create(Fitting(recipe, train).Transition, train, recipe.Training.Seed), model is null)
    {
    }

    private TransitionTask(TransitionRecipe recipe, CodeBatches codes, TransitionModel model, bool owned)
        : base(recipe, model, owned, codes, new DenoisingObjective(model, recipe.Training.Seed))
    {
        RequireShape(recipe.Transition, model);
        (_codes, Transition) = (codes, model);
    }

    /// <summary>The model in training.</summary>
    public TransitionModel Transition { get; }

    /// <summary>Held-out loss, and how sampled transitions compare with real motion between the same ends (<see cref="MotionStatistics.Against"/>) under <c>motion.*</c>.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        var loss = base.Validate();
        var real = _codes.Real(32);
        using var noise = new SeededNoise(PreviewSeeds(real.shape[0]), "transition", Transition.NoiseShape, Transition.Device);
        var sampled = Transition.Sample(SamplerSpec.Ddim50.Build(Transition.Diffusion), real.select(1, 0), real.select(1, -1), noise.Next).cpu();
        return WithMotion(loss, sampled, real);
    }

    private static TransitionRecipe Fitting(TransitionRecipe recipe, CodeSequences codes)
    {
        recipe.Validate();
        return recipe with { Transition = recipe.Transition with { Dim = codes.Dim } };
    }
}
