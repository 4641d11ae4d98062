namespace Leo.Cli.Commands;

/// <summary><c>leo data</c>: make and check data.</summary>
internal static class DataCommand
{
    public static LeoCommand Create(Shell shell) =>
        new LeoCommand("data", "Make the embedded puppets, or check folders of videos.",
            "leo data puppets --kind faces --out data/faces",
            "leo data scan my-videos")
        .Groups(DataPuppetsCommand.Create(shell), DataScanCommand.Create(shell));
}
