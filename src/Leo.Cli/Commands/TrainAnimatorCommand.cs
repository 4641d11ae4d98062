using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Experiments;

namespace Leo.Cli.Commands;

/// <summary><c>leo train animator</c>: phase one (LEO §3.1).</summary>
internal static class TrainAnimatorCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var options = new TrainingOptions("folder", "Folder of videos, split into train/ and test/ or by split.json, or else by the seed.");
        var perceptual = CommonOptions.OptionalPath("--perceptual", "none|puppets|file", "Network of the perceptual loss: none (the preset's), puppets (comes with the project), or a file or run of features.");
        var vgg = CommonOptions.OptionalPath("--vgg", "file", "VGG-19's weights for the perceptual loss, as in LIA: torchvision's vgg19-dcbb9e9d.pth or its tensors as safetensors.");
        return new LeoCommand("animator", "Train the image animator: reconstruct a frame from another one of the same video.",
            "leo train animator --data data/faces --run runs/faces --minutes 60",
            "leo train animator --data data/faces --run runs/faces --minutes 60 --resume",
            "leo train animator --data my-videos --run runs/mine --preset small --set movingWeight=3 --set training.batchSize=16",
            "leo train animator --data data/faces --run runs/faces-p --perceptual puppets --minutes 60",
            "leo train animator --data my-videos --run runs/paper --preset paper --vgg vgg19-dcbb9e9d.pth     # as LIA is trained")
        .With([.. options.All, perceptual, vgg])
        .Requires(result => result.GetResult(perceptual) is not null && result.GetResult(vgg) is not null ? "--perceptual and --vgg say the same thing; give one of them." : null)
        .Does(parsed =>
        {
            var settings = options.Settings(parsed, AnimatorTrainingSettings.Tiny, AnimatorTrainingSettings.Small, AnimatorTrainingSettings.Paper);
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            if ((parsed.GetValue(vgg) ?? parsed.GetValue(perceptual)) is { } features)
                settings = settings with { Perceptual = features };
            settings.Validate();

            string folder = parsed.GetRequiredValue(options.Data);
            var videos = VideoFolder.Open(folder);
            if (videos.Train.Count == 0 || videos.Test.Count == 0)
                throw new LeoException(folder, $"{videos.Train.Count} videos to train on and {videos.Test.Count} held out", "Put at least two videos there");
            string cache = ClipCache.For(folder);
            using var train = ClipStore.Open(videos.Train, settings.Animator.Size, cache, shell.Say);
            using var heldOut = ClipStore.Open(videos.Test, settings.Animator.Size, cache, shell.Say);
            using var task = AnimatorTraining.Create(settings, train, heldOut);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }
}
