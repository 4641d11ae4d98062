using static TorchSharp.torch;

namespace Leo.Lab.Motion.Recurrent;

/// <summary>Trains the recurrent prior by likelihood on crops of real codes.</summary>
public sealed class RecurrentTask : ModelTask
{
    private readonly CodeBatches _codes;

    /// <summary>Makes a model and binds it to its data.</summary>
    /// <param name="recipe">What to train and how; the codes' dimension takes the place of the recipe's, and their mean step that of its unit.</param>
    /// <param name="train">Codes to learn from.</param>
    /// <param name="heldOut">Codes of other videos, for validation; null for none.</param>
    /// <exception cref="SettingsException">The recipe is at fault.</exception>
    /// <exception cref="LeoException">No video is long enough, or the held-out codes are another animator's.</exception>
    public RecurrentTask(RecurrentRecipe recipe, CodeSequences train, CodeSequences? heldOut = null)
        : this(Valid(recipe), new CodeBatches(train, heldOut, recipe.Recurrent.Length), RecurrentMotionModel.Create(recipe.Recurrent with { Dim = train.Dim }, train, recipe.Training.Seed))
    {
    }

    private RecurrentTask(RecurrentRecipe recipe, CodeBatches codes, RecurrentMotionModel model)
        : base(recipe, model, owned: true, codes, new LikelihoodObjective(model.TrainingLoss)) => (_codes, Prior) = (codes, model);

    /// <summary>The model in training.</summary>
    public RecurrentMotionModel Prior { get; }

    /// <summary>Held-out loss, and how sampled motion compares with real under <c>motion.*</c>.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        var loss = base.Validate();
        var real = _codes.Real(32);
        return WithMotion(loss, Prior.Sample(real.select(1, 0), Prior.Settings.Length, PreviewSeeds(real.shape[0])).cpu(), real);
    }

    private static RecurrentRecipe Valid(RecurrentRecipe recipe)
    {
        recipe.Validate();
        return recipe;
    }
}
