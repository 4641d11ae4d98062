using Leo.Lab.Experiments;
using Leo.Lab.Motion;

namespace Leo.Cli.Commands;

/// <summary><c>leo train motion</c>: phase two, the cLMDM (LEO §3.2, Eq. 4).</summary>
internal static class TrainMotionCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var options = new TrainingOptions("codes", "Motion codes made by `leo extract`.");
        var heldOut = CommonOptions.OptionalPath("--held-out", "codes", "Codes of held-out videos, for validation.");
        return new LeoCommand("motion", "Train the motion model: sequences of motion codes from a first one.",
            "leo train motion --data faces-codes.safetensors --run runs/faces-motion",
            "leo train motion --data faces-codes.safetensors --held-out faces-test-codes.safetensors --run runs/faces-motion --steps 12000",
            "leo train motion --data faces-codes.safetensors --run runs/no-lmc --set linearMotionCondition=false     # the paper's Table 4")
        .With([.. options.All, heldOut])
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, MotionRunSettings.Tiny, MotionRunSettings.Small, MotionRunSettings.Paper);
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            settings.Motion.Validate();
            settings.Training.Validate();

            var codes = CodeSequences.Load(parsed.GetRequiredValue(options.Data));
            var others = parsed.GetValue(heldOut) is { } path ? CodeSequences.Load(path) : null;
            using var model = MotionModel.Create(settings.Motion with { Dim = codes.Dim }, codes, settings.Training.Seed);
            using var task = new MotionTask(model, codes, settings.Training, others, settings.Reverse);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }
}
