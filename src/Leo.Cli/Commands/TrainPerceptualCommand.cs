using Leo.Lab.Perceptual;

namespace Leo.Cli.Commands;

/// <summary><c>leo train perceptual</c>: features for a perceptual loss that needs no download.</summary>
internal static class TrainPerceptualCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var options = new TrainingOptions();
        return new LeoCommand("perceptual", "Train small perceptual features on puppets that it draws itself, for `leo train animator --perceptual`.",
            "leo train perceptual --run runs/perceptual",
            "leo train perceptual --run runs/perceptual --resume",
            "leo train perceptual --run runs/large --set channels=[32,64,96,128] --set people=2000 --steps 3000",
            "leo export runs/perceptual --out perceptual-puppets.safetensors --half")
        .With(options.All)
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, new PerceptualTrainingSettings());
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            settings.Validate();
            shell.Say($"drawing {2 * (settings.People + settings.HeldOutPeople) * settings.Pictures} pictures of puppets");
            using var task = new PerceptualTask(settings);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }
}
