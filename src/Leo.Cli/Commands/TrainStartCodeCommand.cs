using Leo.Lab.Experiments;
using Leo.Lab.Motion;

namespace Leo.Cli.Commands;

/// <summary><c>leo train start-code</c>: the simple diffusion model p(α) (LEO §3.2).</summary>
internal static class TrainStartCodeCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var options = new TrainingOptions("codes", "Motion codes made by `leo extract`.");
        var heldOut = CommonOptions.OptionalPath("--held-out", "codes", "Codes of held-out videos, for validation.");
        options.Remember("held-out", heldOut);
        return new LeoCommand("start-code", "Train the model of single codes, from which motion can start without an image.",
            "leo train start-code --data faces-codes.safetensors --run runs/faces-start",
            "leo train start-code --data faces-codes.safetensors --run runs/faces-start --steps 8000 --seed 1")
        .With([.. options.All, heldOut])
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, StartCodeRunSettings.Tiny, StartCodeRunSettings.Small, StartCodeRunSettings.Paper);
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            settings.StartCode.Validate();
            settings.Training.Validate();

            var codes = CodeSequences.Load(parsed.GetRequiredValue(options.Data));
            var others = options.Remembered(parsed, "held-out") is { } path ? CodeSequences.Load(path) : null;
            using var model = new StartCodeModel(settings.StartCode with { Dim = codes.Dim }, CodeNormalizer.ForCodes(codes), settings.Training.Seed);
            using var task = new StartCodeTask(model, codes, settings.Training, others);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }
}
