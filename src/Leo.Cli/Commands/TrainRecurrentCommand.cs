using Leo.Lab.Experiments;
using Leo.Lab.Motion;
using Leo.Lab.Motion.Recurrent;

namespace Leo.Cli.Commands;

/// <summary><c>leo train recurrent</c>: a rival of the motion model for the tables.</summary>
internal static class TrainRecurrentCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var options = new TrainingOptions("codes", "Motion codes made by `leo extract`.");
        var heldOut = CommonOptions.OptionalPath("--held-out", "codes", "Codes of held-out videos, for validation.");
        options.Remember("held-out", heldOut);
        return new LeoCommand("recurrent", "Train a recurrent prior over the same motion codes (after MoCoGAN-HD), which the tables compare LEO with.",
            "leo train recurrent --data bodies-codes.safetensors --run runs/bodies-recurrent")
        .With([.. options.All, heldOut])
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, new RecurrentRunSettings());
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            settings.Recurrent.Validate();
            settings.Training.Validate();

            var codes = CodeSequences.Load(parsed.GetRequiredValue(options.Data));
            var others = options.Remembered(parsed, "held-out") is { } path ? CodeSequences.Load(path) : null;
            using var model = RecurrentMotionModel.Create(settings.Recurrent with { Dim = codes.Dim }, codes, settings.Training.Seed);
            using var task = new RecurrentTask(model, codes, settings.Training, others);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }
}
