using Leo.Lab;
using Leo.Lab.Data;
using Leo.Lab.Animator;
using Leo.Lab.Experiments.Extractor;
using Leo.Lab.Motion;
using Leo.Lab.Motion.Recurrent;
using Leo.Lab.Perceptual;
using Leo.Lab.StartFrames;

namespace Leo.Cli.Commands;

/// <summary><c>leo train</c>: the phases of LEO.</summary>
internal static class TrainCommand
{
    public static LeoCommand Create(Shell shell) =>
        new LeoCommand("train", "Train a part of LEO. Ctrl-C saves; --resume goes on, bit for bit.",
            "leo train animator --data data/faces --run runs/faces --minutes 60     # phase 1",
            "leo extract --checkpoint runs/faces --data data/faces --out faces-codes.safetensors",
            "leo train clmdm --data faces-codes.safetensors --run runs/faces-motion     # phase 2",
            "leo train start-code --data faces-codes.safetensors --run runs/faces-start",
            "leo train animator --data data/faces --run runs/faces --minutes 60 --resume --tensorboard     # and look: tensorboard --logdir runs",
            "leo train perceptual --run runs/perceptual     # features for the animator's perceptual loss")
        .Groups(TrainAnimatorCommand.Create(shell), Conditional(shell), Unconditional(shell), StartCode(shell), Transition(shell), Recurrent(shell), StartFrame(shell),
            Perceptual(shell), Extractor(shell));

    // With the Linear Motion Condition (LEO §3.2, Eq. 4).
    private static LeoCommand Conditional(Shell shell)
    {
        var command = Motion(shell, conditional: true, new LeoCommand("clmdm", "Train the motion model: sequences of motion codes from a first one.",
            "leo train clmdm --data faces-codes.safetensors --run runs/faces-motion",
            "leo train clmdm --data faces-codes.safetensors --held-out faces-test-codes.safetensors --run runs/faces-motion --steps 12000"));
        command.Aliases.Add("motion");
        return command;
    }

    // Without (Eq. 1).
    private static LeoCommand Unconditional(Shell shell) =>
        Motion(shell, conditional: false, new LeoCommand("lmdm", "Train a motion model without the Linear Motion Condition, the other row of the paper's Table 4.",
            "leo train lmdm --data faces-codes.safetensors --held-out faces-test-codes.safetensors --run runs/faces-lmdm"));

    private static LeoCommand Motion(Shell shell, bool conditional, LeoCommand command) => RecipeCommand.OverCodes<MotionRecipe>(shell, command,
        (recipe, codes, heldOut) => new MotionTask(recipe, codes, heldOut),
        preset: (_, recipe) => recipe with { Motion = recipe.Motion with { LinearMotionCondition = conditional } },
        final: (_, recipe) => recipe.Motion.LinearMotionCondition == conditional
            ? recipe
            : throw new LeoException("--set motion.linearMotionCondition", $"`leo train {command.Name}` is {(conditional ? "with" : "without")} it", $"Use `leo train {(conditional ? "lmdm" : "clmdm")}`"));

    private static LeoCommand StartCode(Shell shell) => RecipeCommand.OverCodes<StartCodeRecipe>(shell,
        new LeoCommand("start-code", "Train the model of single codes, from which motion can start without an image.",
            "leo train start-code --data faces-codes.safetensors --run runs/faces-start",
            "leo train start-code --data faces-codes.safetensors --run runs/faces-start --steps 8000 --seed 1"),
        (recipe, codes, heldOut) => new StartCodeTask(recipe, codes, heldOut));

    // LEO §6.
    private static LeoCommand Transition(Shell shell) => RecipeCommand.OverCodes<TransitionRecipe>(shell,
        new LeoCommand("transition", "Train the Transition DM: motion between two given codes, so that long videos do not repeat themselves.",
            "leo train transition --data bodies-codes.safetensors --run runs/bodies-transition",
            "leo train transition --data bodies-codes.safetensors --run runs/bodies-transition --set transition.length=32"),
        (recipe, codes, heldOut) => new TransitionTask(recipe, codes, heldOut));

    private static LeoCommand Recurrent(Shell shell) => RecipeCommand.OverCodes<RecurrentRecipe>(shell,
        new LeoCommand("recurrent", "Train a recurrent prior over the same motion codes (after MoCoGAN-HD), which the tables compare LEO with.",
            "leo train recurrent --data bodies-codes.safetensors --run runs/bodies-recurrent"),
        (recipe, codes, heldOut) => new RecurrentTask(recipe, codes, heldOut));

    // The conditional DDPM of starting frames (LEO §3.3, Option 2).
    private static LeoCommand StartFrame(Shell shell)
    {
        var options = new TrainingOptions("folder", "Folder of videos, the ones that the animator was trained on.");
        var damaged = CommonOptions.KeepDamaged();
        var animator = CommonOptions.Path("--animator", "file", "Animator that gives every frame its motion code: a checkpoint or a run folder.");
        return RecipeCommand.Create<StartFrameRecipe>(shell,
            new LeoCommand("start-frame", "Train the model of starting frames: a picture of somebody in the pose of a given code.",
                "leo train start-frame --data data/faces --animator runs/faces --run runs/faces-start-frame --minutes 60",
                "leo train start-frame --data data/faces --animator runs/faces --run runs/faces-start-frame --set patch=1 --set conditionDrop=0").Divides(),
            options, [animator, damaged], (parsed, recipe, run) =>
            {
                using var artist = ImageAnimator.Load(parsed.GetRequiredValue(animator));
                string folder = parsed.GetRequiredValue(options.Data);
                using var videos = shell.Team.InTurn(() => SubjectData.Open("videos", folder, artist.Settings.Size, ClipCache.For(folder), shell.Say, parsed.GetValue(damaged)));
                using var task = new StartFrameTask(recipe, artist, videos.Train, videos.Test);
                return run(task);
            });
    }

    // Features for a perceptual loss that needs no download.
    private static LeoCommand Perceptual(Shell shell) => RecipeCommand.Create<PerceptualRecipe>(shell,
        new LeoCommand("perceptual", "Train small perceptual features on puppets that it draws itself, for `leo train animator --perceptual`.",
            "leo train perceptual --run runs/perceptual",
            "leo train perceptual --run runs/perceptual --resume",
            "leo train perceptual --run runs/large --set channels=[32,64,96,128] --set people=2000 --steps 3000",
            "leo export runs/perceptual --out perceptual-puppets.safetensors --half"),
        new TrainingOptions(), [], (_, recipe, run) =>
        {
            shell.Say($"drawing {2 * (recipe.People + recipe.HeldOutPeople) * recipe.Pictures} pictures of puppets");
            using var task = new PerceptualTask(recipe);
            return run(task);
        });

    // A yardstick of videos that needs no download.
    private static LeoCommand Extractor(Shell shell) => RecipeCommand.Create<ExtractorRecipe>(shell,
        new LeoCommand("extractor", "Train the small video network of FVD(puppet-i3d) on puppets that it draws itself.",
            "leo train extractor --run runs/extractor",
            "leo evaluate extractor --extractor puppet-i3d:runs/extractor     # does its FVD rise with what spoils videos?",
            "leo export runs/extractor --out checkpoints/puppet-i3d.safetensors"),
        new TrainingOptions(), [], (_, recipe, run) =>
        {
            shell.Say($"drawing {2 * (recipe.People + recipe.HeldOutPeople)} videos of puppets");
            using var task = new ExtractorTask(recipe);
            return run(task);
        });
}
