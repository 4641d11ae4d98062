namespace Leo.Cli.Commands;

/// <summary><c>leo evaluate</c>: numbers for what was trained.</summary>
internal static class EvaluateCommand
{
    public static LeoCommand Create(Shell shell) =>
        new LeoCommand("evaluate", "Measure what was trained, on videos that it has not seen.",
            "leo evaluate animator --checkpoint runs/faces --data data/faces")
        .Groups(EvaluateAnimatorCommand.Create(shell));
}
