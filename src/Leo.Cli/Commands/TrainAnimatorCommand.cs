using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Data;

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
        var damaged = CommonOptions.KeepDamaged();
        options.Remember("perceptual", vgg, perceptual).Remember("init", init);
        var command = new LeoCommand("animator", "Train the image animator: reconstruct a frame from another one of the same video.",
            "leo train animator --data data/faces --run runs/faces --minutes 60",
            "leo train animator --data data/faces --run runs/faces --minutes 60 --resume",
            "leo train animator --data data/faces --run runs/faces --minutes 60 --tensorboard            # and look: tensorboard --logdir runs",
            "leo train animator --data my-videos --run runs/mine --preset small --set movingWeight=3 --set training.batchSize=16",
            "leo train animator --data data/faces --run runs/faces-p --perceptual puppets --minutes 60",
            "leo train animator --data my-videos --run runs/paper --preset paper --vgg vgg19-dcbb9e9d.pth     # as LIA is trained",
            "leo train animator --data my-videos --run runs/vox --preset paper --init vox.pt             # go on from the official checkpoint")
        .Requires(result => result.GetResult(perceptual) is not null && result.GetResult(vgg) is not null ? "--perceptual and --vgg say the same thing; give one of them." : null);
        return RecipeCommand.Create<AnimatorRecipe>(shell, command.Divides(), options, [perceptual, vgg, init, damaged], (parsed, recipe, run) =>
        {
            string folder = parsed.GetRequiredValue(options.Data);
            using var videos = shell.Team.InTurn(() => SubjectData.Open("videos", folder, recipe.Animator.Size, ClipCache.For(folder), shell.Say, parsed.GetValue(damaged)));
            using var task = new AnimatorTask(recipe, videos.Train, videos.Test);
            return run(task);
        }, Shaped, Final);

        // The shape of the checkpoint that is started from stands under --set as a preset's does, so that a --set that contradicts it is seen.
        AnimatorRecipe Shaped(ParseResult parsed, AnimatorRecipe preset) => options.Remembered(parsed, "init") is { } start
            ? preset with { Animator = ImageAnimator.ReadSettings(start), Init = start }
            : preset;

        AnimatorRecipe Final(ParseResult parsed, AnimatorRecipe recipe)
        {
            if (options.Remembered(parsed, "init") is { } start && recipe.Animator != ImageAnimator.ReadSettings(start))
                throw new LeoException("--set", $"the shape of the animator is that of {start}", "Leave out what begins with animator, or --init");
            return options.Remembered(parsed, "perceptual") is { } features ? recipe with { Perceptual = features } : recipe;
        }
    }
}
