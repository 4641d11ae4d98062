using Leo.Lab.Experiments;
using Leo.Lab.Motion;

namespace Leo.Cli.Commands;

/// <summary><c>leo train transition</c>: the Transition DM (LEO §6).</summary>
internal static class TrainTransitionCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var options = new TrainingOptions("codes", "Motion codes made by `leo extract`.");
        var heldOut = CommonOptions.OptionalPath("--held-out", "codes", "Codes of held-out videos, for validation.");
        options.Remember("held-out", heldOut);
        return new LeoCommand("transition", "Train the Transition DM: motion between two given codes, so that long videos do not repeat themselves.",
            "leo train transition --data bodies-codes.safetensors --run runs/bodies-transition",
            "leo train transition --data bodies-codes.safetensors --run runs/bodies-transition --set transition.length=32")
        .With([.. options.All, heldOut])
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, TransitionRunSettings.Tiny, TransitionRunSettings.Small, TransitionRunSettings.Paper);
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            settings.Training.Validate();

            var codes = CodeSequences.Load(parsed.GetRequiredValue(options.Data));
            var others = options.Remembered(parsed, "held-out") is { } path ? CodeSequences.Load(path) : null;
            using var model = TransitionModel.Create(settings.Transition with { Dim = codes.Dim }, codes, settings.Training.Seed);
            using var task = new TransitionTask(model, codes, settings.Training, others);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }
}
