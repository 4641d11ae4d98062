using Leo.Lab.Diffusion;
using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Trains the simple diffusion model of single codes, p(α), frame by frame (LEO §3.2).</summary>
public sealed class StartCodeTask : ModelTask
{
    private readonly CodeBatches _codes;

    /// <summary>Makes a model and binds it to its data.</summary>
    /// <param name="recipe">What to train and how; the codes' dimension takes the place of the recipe's.</param>
    /// <param name="train">Codes to learn from; every frame counts.</param>
    /// <param name="heldOut">Codes of other videos, for validation; null for none.</param>
    /// <param name="model">A model to train in place of a fresh one, of the recipe's shape; it stays the caller's.</param>
    /// <exception cref="SettingsException">The recipe is at fault.</exception>
    /// <exception cref="LeoException">The held-out codes are another animator's, or the model is of another shape.</exception>
    public StartCodeTask(StartCodeRecipe recipe, CodeSequences train, CodeSequences? heldOut = null, StartCodeModel? model = null)
        : this(Fitting(recipe, train), new CodeBatches(train, heldOut, length: 1), model ?? StartCodeModel.Create(Fitting(recipe, train).StartCode, train, recipe.Training.Seed), model is null)
    {
    }

    private StartCodeTask(StartCodeRecipe recipe, CodeBatches codes, StartCodeModel model, bool owned)
        : base(recipe, model, owned, codes, new DenoisingObjective(model, recipe.Training.Seed))
    {
        RequireShape(recipe.StartCode, model);
        (_codes, StartCodes) = (codes, model);
    }

    /// <summary>The model in training.</summary>
    public StartCodeModel StartCodes { get; }

    /// <summary>Held-out loss, and the sampled codes' mean (in standard deviations) and deviation (as a ratio) against the real ones.</summary>
    public override IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = NewDisposeScope();
        var result = new Dictionary<string, double>(base.Validate());
        var real = StartCodes.Normalizer.Normalize(_codes.Real(512));
        var sampled = StartCodes.Normalizer.Normalize(StartCodes.Sample(PreviewSeeds(256), SamplerSpec.Ddim50)).cpu();
        result["codes.mean"] = (sampled.mean([0L]) - real.mean([0L])).abs().mean().item<float>();
        result["codes.std"] = (sampled.std(0L) / real.std(0L).clamp(1e-6)).log().mean().exp().item<float>();
        return result;
    }

    private static StartCodeRecipe Fitting(StartCodeRecipe recipe, CodeSequences codes)
    {
        recipe.Validate();
        return recipe with { StartCode = recipe.StartCode with { Dim = codes.Dim } };
    }
}
