using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Animator;
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
        var init = CommonOptions.OptionalPath("--init", "file", "Start from this checkpoint – LIA's vox.pt or any other – and go on with its weights, discriminator and optimisers as far as it has them; its shape replaces the preset's.");
        options.Remember("perceptual", vgg, perceptual).Remember("init", init);
        return new LeoCommand("animator", "Train the image animator: reconstruct a frame from another one of the same video.",
            "leo train animator --data data/faces --run runs/faces --minutes 60",
            "leo train animator --data data/faces --run runs/faces --minutes 60 --resume",
            "leo train animator --data data/faces --run runs/faces --minutes 60 --tensorboard            # and look: tensorboard --logdir runs",
            "leo train animator --data my-videos --run runs/mine --preset small --set movingWeight=3 --set training.batchSize=16",
            "leo train animator --data data/faces --run runs/faces-p --perceptual puppets --minutes 60",
            "leo train animator --data my-videos --run runs/paper --preset paper --vgg vgg19-dcbb9e9d.pth     # as LIA is trained",
            "leo train animator --data my-videos --run runs/vox --preset paper --init vox.pt             # go on from the official checkpoint")
        .With([.. options.All, perceptual, vgg, init])
        .Requires(result => result.GetResult(perceptual) is not null && result.GetResult(vgg) is not null ? "--perceptual and --vgg say the same thing; give one of them." : null)
        .Does(parsed =>
        {
            var settings = options.Remembered(parsed, "init") is { } start
                ? From(start, options, parsed)
                : options.Settings(parsed, AnimatorTrainingSettings.Tiny, AnimatorTrainingSettings.Small, AnimatorTrainingSettings.Paper);
            settings = settings with { Training = options.Training(parsed, settings.Training) };
            if (options.Remembered(parsed, "perceptual") is { } features)
                settings = settings with { Perceptual = features };
            settings.Validate();

            string folder = parsed.GetRequiredValue(options.Data);
            using var videos = SubjectData.Open("videos", folder, settings.Animator.Size, ClipCache.For(folder), shell.Say);
            using var task = AnimatorTraining.Create(settings, videos.Train, videos.Test);
            return options.Run(shell, parsed, task, settings.Training);
        });
    }

    // The checkpoint's shape stands under --set as a preset's does, so that a --set that contradicts it is seen.
    private static AnimatorTrainingSettings From(string start, TrainingOptions options, ParseResult parsed)
    {
        var shape = ImageAnimator.ReadSettings(start);
        AnimatorTrainingSettings Shaped(AnimatorTrainingSettings preset) => preset with { Animator = shape, Init = start };
        var settings = options.Settings(parsed, Shaped(AnimatorTrainingSettings.Tiny), Shaped(AnimatorTrainingSettings.Small), Shaped(AnimatorTrainingSettings.Paper));
        return settings.Animator == shape
            ? settings
            : throw new LeoException("--set", $"the shape of the animator is that of {start}", "Leave out what begins with animator, or --init");
    }
}
