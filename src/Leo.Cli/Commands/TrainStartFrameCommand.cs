using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Experiments;
using Leo.Lab.StartFrames;

namespace Leo.Cli.Commands;

/// <summary><c>leo train start-frame</c>: the conditional DDPM of starting frames (LEO §3.3, Option 2).</summary>
internal static class TrainStartFrameCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var options = new TrainingOptions("folder", "Folder of videos, the ones that the animator was trained on.");
        var animator = CommonOptions.Path("--animator", "file", "Animator that gives every frame its motion code: a checkpoint or a run folder.");
        return new LeoCommand("start-frame", "Train the model of starting frames: a picture of somebody in the pose of a given code.",
            "leo train start-frame --data data/faces --animator runs/faces --run runs/faces-start-frame --minutes 60",
            "leo train start-frame --data data/faces --animator runs/faces --run runs/faces-start-frame --set patch=1 --set conditionDrop=0")
        .With([.. options.All, animator])
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, StartFrameRunSettings.Tiny, StartFrameRunSettings.Small, StartFrameRunSettings.Paper);
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            settings.StartFrame.Validate();
            settings.Training.Validate();

            using var artist = ImageAnimator.Load(parsed.GetRequiredValue(animator));
            string folder = parsed.GetRequiredValue(options.Data);
            using var videos = SubjectData.Open("videos", folder, artist.Settings.Size, ClipCache.For(folder), shell.Say);
            using var model = StartFrameTraining.Model(settings, artist, videos.Train);
            using var task = new StartFrameTask(model, artist, videos.Train, videos.Test, settings.Training);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }
}
