namespace Leo.Cli.Commands;

/// <summary><c>leo metric</c>: distances between features that were saved.</summary>
internal static class MetricCommand
{
    public static LeoCommand Create(Shell shell) =>
        new LeoCommand("metric", "Compute FVD, KVD or ACD from features that `leo features` or another program saved.",
            "leo metric fvd --features real.safetensors fake.safetensors --protocol digan",
            "leo metric acd --features faces.safetensors --json")
        .Groups(MetricDistanceCommand.Fvd(shell), MetricDistanceCommand.Kvd(shell), MetricAcdCommand.Create(shell), MetricStatisticsCommand.Create(shell));
}
