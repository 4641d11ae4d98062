using System.CommandLine;
using Leo.Lab.Motion;
using Leo.Lab.Training;

namespace Leo.Cli.Commands;

/// <summary>What every <c>leo train</c> command does: a recipe from preset, <c>--set</c>, budget and seed; its data; the run.</summary>
internal static class RecipeCommand
{
    /// <summary>Completes a command.</summary>
    /// <param name="shell">The program's surroundings.</param>
    /// <param name="command">Its name, description and examples.</param>
    /// <param name="options">What all trainings take.</param>
    /// <param name="more">What only this one takes.</param>
    /// <param name="train">Opens the data of a recipe and hands the task to the run.</param>
    /// <param name="preset">What the command line makes of a preset, under <c>--set</c>. <value>Default nothing.</value></param>
    /// <param name="final">What it makes of the recipe, over <c>--set</c>; may refuse. <value>Default nothing.</value></param>
    public static LeoCommand Create<T>(Shell shell, LeoCommand command, TrainingOptions options, Symbol[] more, Func<ParseResult, T, Func<TrainingTask, int>, int> train,
        Func<ParseResult, T, T>? preset = null, Func<ParseResult, T, T>? final = null)
        where T : Recipe, IPresets<T> => command.With([.. options.All, .. more]).Does(parsed =>
        {
            var recipe = options.Recipe<T>(parsed, asked => preset is null ? asked : preset(parsed, asked));
            if (final is not null)
                recipe = final(parsed, recipe);
            recipe.Validate();
            return train(parsed, recipe, task => options.Run(shell, parsed, task, recipe.Training));
        });

    /// <summary>Completes a command that trains on motion codes.</summary>
    /// <param name="shell">The program's surroundings.</param>
    /// <param name="command">Its name, description and examples.</param>
    /// <param name="task">The task of a recipe, codes and held-out codes.</param>
    /// <param name="preset">As for <see cref="Create"/>.</param>
    /// <param name="final">As for <see cref="Create"/>.</param>
    public static LeoCommand OverCodes<T>(Shell shell, LeoCommand command, Func<T, CodeSequences, CodeSequences?, TrainingTask> task, Func<ParseResult, T, T>? preset = null, Func<ParseResult, T, T>? final = null)
        where T : Recipe, IPresets<T>
    {
        var options = new TrainingOptions("codes", "Motion codes made by `leo extract`.");
        var heldOut = CommonOptions.OptionalPath("--held-out", "codes", "Codes of held-out videos, for validation.");
        options.Remember("held-out", heldOut);
        return Create(shell, command.Divides(), options, [heldOut], (parsed, recipe, run) =>
        {
            var codes = CodeSequences.Load(parsed.GetRequiredValue(options.Data));
            var others = options.Remembered(parsed, "held-out") is { } path ? CodeSequences.Load(path) : null;
            using var training = task(recipe, codes, others);
            return run(training);
        }, preset, final);
    }
}
