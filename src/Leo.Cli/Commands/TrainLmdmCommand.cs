using Leo.Lab;
using Leo.Lab.Experiments;
using Leo.Lab.Motion;

namespace Leo.Cli.Commands;

/// <summary>Phase two: <c>leo train clmdm</c>, with the Linear Motion Condition (LEO §3.2, Eq. 4), and <c>leo train lmdm</c>, without (Eq. 1).</summary>
internal static class TrainLmdmCommand
{
    public static LeoCommand Conditional(Shell shell)
    {
        var command = Create(shell, conditional: true, "clmdm", "Train the motion model: sequences of motion codes from a first one.",
            "leo train clmdm --data faces-codes.safetensors --run runs/faces-motion",
            "leo train clmdm --data faces-codes.safetensors --held-out faces-test-codes.safetensors --run runs/faces-motion --steps 12000");
        command.Aliases.Add("motion");
        return command;
    }

    public static LeoCommand Unconditional(Shell shell) =>
        Create(shell, conditional: false, "lmdm", "Train a motion model without the Linear Motion Condition, the other row of the paper's Table 4.",
            "leo train lmdm --data faces-codes.safetensors --held-out faces-test-codes.safetensors --run runs/faces-lmdm");

    private static LeoCommand Create(Shell shell, bool conditional, string name, string description, params string[] examples)
    {
        var options = new TrainingOptions("codes", "Motion codes made by `leo extract`.");
        var heldOut = CommonOptions.OptionalPath("--held-out", "codes", "Codes of held-out videos, for validation.");
        options.Remember("held-out", heldOut);
        return new LeoCommand(name, description, examples).With([.. options.All, heldOut])
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, Preset(MotionRunSettings.Tiny), Preset(MotionRunSettings.Small), Preset(MotionRunSettings.Paper));
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            if (settings.Motion.LinearMotionCondition != conditional)
                throw new LeoException("--set motion.linearMotionCondition", $"`leo train {name}` is {(conditional ? "with" : "without")} it", $"Use `leo train {(conditional ? "lmdm" : "clmdm")}`");
            settings.Validate();

            var codes = CodeSequences.Load(parsed.GetRequiredValue(options.Data));
            var others = options.Remembered(parsed, "held-out") is { } path ? CodeSequences.Load(path) : null;
            using var model = MotionModel.Create(settings.Motion with { Dim = codes.Dim }, codes, settings.Training.Seed);
            using var task = new MotionTask(model, codes, settings.Training, others, settings.Reverse, settings.StartShift);
            return options.Run(shell, parsed, task, settings.Training);
        });

        MotionRunSettings Preset(MotionRunSettings preset) => preset with { Motion = preset.Motion with { LinearMotionCondition = conditional } };
    }
}
