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
        .Groups(TrainAnimatorCommand.Create(shell), TrainLmdmCommand.Conditional(shell), TrainLmdmCommand.Unconditional(shell), TrainStartCodeCommand.Create(shell),
            TrainTransitionCommand.Create(shell), TrainRecurrentCommand.Create(shell), TrainStartFrameCommand.Create(shell), TrainPerceptualCommand.Create(shell),
            TrainExtractorCommand.Create(shell));
}
