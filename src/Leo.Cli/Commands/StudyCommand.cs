namespace Leo.Cli.Commands;

/// <summary><c>leo study</c>: what people say.</summary>
internal static class StudyCommand
{
    public static LeoCommand Create(Shell shell) =>
        new LeoCommand("study", "Ask people which clips are better: a blinded page that runs offline, and the statistics of its answers.",
            "leo study make --method leo=out/leo --method tats=out/tats --out study --key study-key.json",
            "leo study report answers --key study-key.json")
        .Groups(StudyMakeCommand.Create(shell), StudyReportCommand.Create(shell));
}
