using System.CommandLine.Help;

namespace Leo.Cli.Commands;

/// <summary><c>leo evaluate</c>: numbers for what was trained.</summary>
internal static class EvaluateCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var videos = new EvaluateVideosCommand(shell);
        return new LeoCommand("evaluate", "Measure generated videos beside real ones, or what was trained on videos that it has not seen.",
            "leo evaluate --real data/real --fake out/samples --extractor i3d:i3d_pretrained_400.pt --protocol styleganv --metrics fvd,kvd",
            "leo evaluate --real data/real --fake out/samples --metrics acd --content reid:net_last.pth --json",
            "leo evaluate animator --checkpoint runs/faces --data data/faces")
        .With(videos.Symbols).With(EvaluateAnimatorCommand.Create(shell), EvaluateMotionCommand.Create(shell), EvaluateExtractorCommand.Create(shell)).Divides()
        .Does(parsed =>
        {
            if (videos.IsWanted(parsed))
                return videos.Run(parsed);
            new HelpWithExamples(new HelpAction()).Invoke(parsed);
            return ExitCode.Usage;
        });
    }
}
