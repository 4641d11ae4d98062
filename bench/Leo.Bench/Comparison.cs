using Leo.Lab;

namespace Leo.Bench;

/// <summary>Contenders take turns, some steps each a round, so that whatever else the machine does meets all of them alike.</summary>
internal static class Comparison
{
    internal static void Run(string work, int threads, BenchOptions options)
    {
        using var folder = new ScratchFolder();
        string setup = Path.Combine(folder.Path, "setup.safetensors");
        Work.Export(work, threads, setup);
        Func<Contender>[] all = [() => Contender.Leo(work, threads), () => Contender.Python(work, setup), () => Contender.Python(work, setup, usual: true)];
        Run(work, threads, options, Contender.HasUsual(work) ? all : all[..2]);
    }

    /// <summary>bfloat16 beside float32; the Tiny step also beside what the field usually writes in PyTorch, whose steps at official widths take minutes.</summary>
    internal static void RunPrecision(string work, int threads, BenchOptions options)
    {
        using var folder = new ScratchFolder();
        string setup = Path.Combine(folder.Path, "setup.safetensors");
        Work.Export(work, threads, setup);
        Func<Contender>[] all = [() => Contender.Leo(work, threads, precision: Precision.Bfloat16), () => Contender.Leo(work, threads), () => Contender.Python(work, setup, usual: true)];
        Run(work, threads, options, work == "animator" ? all : all[..2]);
    }

    /// <summary>Pairs made ahead on a thread of their own beside pairs made in the step.</summary>
    internal static void RunFeed(int threads, BenchOptions options) =>
        Run("pairs from a store, mirrored and coloured", threads, options, [() => Contender.Leo(StoredWork.Fed, threads, name: "made ahead"), () => Contender.Leo(StoredWork.InStep, threads, name: "made in the step")]);

    private static void Run(string work, int threads, BenchOptions options, Func<Contender>[] starts)
    {
        var contenders = new List<Contender>();
        try
        {
            foreach (var start in starts) contenders.Add(start());
            // One step of these takes seconds, so that a round needs no more, and .NET's share of it is nothing.
            bool heavy = work is "official" or "official-256" or RenderWork.Name or I3dWork.Name;
            var paced = heavy ? options with { Warmup = 1, Steps = 1, Rounds = Math.Min(options.Rounds, 5) }
                : work.StartsWith("ddpm", StringComparison.Ordinal) ? options with { Warmup = 1, Steps = 1 } : options;
            Print(work, threads, contenders, Rounds(contenders, paced));
        }
        finally
        {
            contenders.ForEach(c => c.Dispose());
        }
    }

    private static List<Result> Rounds(List<Contender> contenders, BenchOptions options)
    {
        var results = contenders.Select(_ => new Result()).ToList();
        for (int i = 0; i < contenders.Count; i++) contenders[i].Steps(i < 2 ? options.Warmup : 1);
        PrintLibraries(contenders);
        for (int round = 0; round < options.Rounds; round++)
        {
            var order = Enumerable.Range(0, contenders.Count);
            foreach (int i in round % 2 == 0 ? order : order.Reverse())
                results[i].Add(contenders[i].Steps(i < 2 ? options.Steps : 1));
        }
        return results;
    }

    // NuGet's libtorch and Debian's are of different versions: a ratio tells of the library as well as of the language.
    private static void PrintLibraries(List<Contender> contenders)
    {
        foreach (var alike in contenders.GroupBy(c => string.Join(", ", c.Libraries().Select(Machine.Short))))
            Console.WriteLine($"  {string.Join(" and ", alike.Select(c => c.Name))}: {alike.Key}");
    }

    private static void Print(string work, int threads, List<Contender> contenders, List<Result> results)
    {
        Console.WriteLine($"\n{work}, {threads} {(threads == 1 ? "thread" : "threads")}, {results[0].Wall.Count} rounds, load {Machine.Load()}");
        Console.WriteLine($"  {"",-28} {"ms/step",9} {"1st ÷ it",8} {"per round",13}   {"CPU ms",9} {"1st ÷ it",8} {"per round",13}   {"peak MB",7}");
        for (int i = 0; i < contenders.Count; i++)
        {
            var (own, result) = (results[0], results[i]);
            Console.WriteLine(FormattableString.Invariant(
                $"  {contenders[i].Name,-28} {Cells(own.Wall, result.Wall, i > 0)}   {Cells(own.Cpu, result.Cpu, i > 0)}   {result.PeakKilobytes / 1024.0,7:0}"));
        }
    }

    // The median, the ratio of medians, and the quartiles of the rounds' ratios.
    private static string Cells(List<double> own, List<double> other, bool compare)
    {
        double median = Statistics.Median(other);
        var paired = own.Zip(other, (a, b) => a / b).ToList();
        return FormattableString.Invariant($"{median,9:0.0}") + (compare
            ? FormattableString.Invariant($" {Statistics.Median(own) / median,8:0.00} {Statistics.Quantile(paired, 0.25),6:0.00} – {Statistics.Quantile(paired, 0.75):0.00}")
            : new string(' ', 23));
    }

    /// <summary>Of one contender, a number for each round.</summary>
    private sealed class Result
    {
        /// <summary>The median step, milliseconds.</summary>
        internal List<double> Wall { get; } = [];

        /// <summary>Processor time of the mean step, milliseconds: what remains comparable on a busy machine.</summary>
        internal List<double> Cpu { get; } = [];

        internal long PeakKilobytes { get; private set; }

        internal void Add(StepReply reply)
        {
            Wall.Add(Statistics.Median(reply.Milliseconds));
            Cpu.Add(reply.CpuMilliseconds / reply.Milliseconds.Length);
            PeakKilobytes = reply.PeakKilobytes;
        }
    }
}
