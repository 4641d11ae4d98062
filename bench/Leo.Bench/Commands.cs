using Leo.Fuzz;

namespace Leo.Bench;

/// <summary>What each command does.</summary>
internal static class Commands
{
    internal static int Run(BenchOptions options)
    {
        if (options.Command == "worker")
        {
            if (InferenceWork.Create(options.Work, options.Threads[0], options.Precision) is { } inference)
            {
                using (inference) inference.Serve();
                return 0;
            }
            Worker.Run(Work.Create(options.Work, options.Threads[0], options.Precision), options.Record);
            return 0;
        }
        if (options.Command == GpuRun.WorkerName)
        {
            GpuRun.Serve(options);
            return 0;
        }
        if (options.Command == GpuRun.Name)
            return GpuRun.Run(options) ? 0 : 1;
        if (options.Command == "fuzz")
            return FuzzCommand.Run(options.Minutes, options.FuzzSeed, options.Target, options.First, Console.Out) ? 0 : 1;
        Console.WriteLine(Machine.Describe());
        foreach (string work in Compared(options))
        {
            LossCheck.Run(work);
            if (options.Command != "check")
                foreach (int threads in options.Threads) Comparison.Run(work, threads, options);
        }
        if (options.Command == "precision")
        {
            foreach (string work in options.Work.Length > 0 ? [options.Work] : new[] { "animator", RenderWork.Name, "official", "official-256" })
                foreach (int threads in options.Threads) Comparison.RunPrecision(work, threads, options);
        }
        if (options.Command == "feed")
            foreach (int threads in options.Threads) Comparison.RunFeed(threads, options);
        if (options.Command == KernelRun.Name) KernelRun.Run();
        if (options.Command == ReliabilityRun.Name) ReliabilityRun.Run(options.Rounds, options.Seed, options.Work);
        if (options.Command is "rss" or "all") MemoryRun.Run(options.RssSteps, options.Threads[0]);
        return 0;
    }

    private static string[] Compared(BenchOptions options) => options.Command switch
    {
        "animator" when options.Official => ["official"],
        "animator" or "motion" or RenderWork.Name => [options.Command],
        "sampling" => [.. SamplingWork.Names],
        "metrics" => [I3dWork.Name, .. DistanceWork.Names],
        "check" or "all" => ["animator", "official", RenderWork.Name, "motion", .. SamplingWork.Names, I3dWork.Name, .. DistanceWork.Names],
        _ => [],
    };
}
