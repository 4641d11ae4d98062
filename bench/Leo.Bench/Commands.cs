namespace Leo.Bench;

/// <summary>What each command does.</summary>
internal static class Commands
{
    internal static int Run(BenchOptions options)
    {
        if (options.Command == "worker")
        {
            Worker.Run(Work.Create(options.Work, options.Threads[0]), options.Record);
            return 0;
        }
        Console.WriteLine(Machine.Describe());
        foreach (string work in Compared(options.Command))
        {
            LossCheck.Run(work);
            if (options.Command != "check")
                foreach (int threads in options.Threads) Comparison.Run(work, threads, options);
        }
        if (options.Command is "rss" or "all") MemoryRun.Run(options.RssSteps, options.Threads[0]);
        if (options.Command is "sampling" or "all") SamplingRun.Run(options.Threads);
        return 0;
    }

    private static string[] Compared(string command) => command switch
    {
        "animator" or "motion" => [command],
        "check" or "all" => ["animator", "motion"],
        _ => [],
    };
}
