using Leo.Lab.Metrics.Embedded;

namespace Leo.Cli.Commands;

/// <summary><c>leo train extractor</c>: a yardstick of videos that needs no download.</summary>
internal static class TrainExtractorCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var options = new TrainingOptions();
        return new LeoCommand("extractor", "Train the small video network of FVD(puppet-i3d) on puppets that it draws itself.",
            "leo train extractor --run runs/extractor",
            "leo evaluate extractor --extractor puppet-i3d:runs/extractor     # does its FVD rise with what spoils videos?",
            "leo export runs/extractor --out checkpoints/puppet-i3d.safetensors")
        .With(options.All)
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, new ExtractorTrainingSettings());
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            settings.Validate();
            shell.Say($"drawing {2 * (settings.People + settings.HeldOutPeople)} videos of puppets");
            using var task = new ExtractorTask(settings);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }
}
