using System.Globalization;
using Leo.Lab;

namespace Leo.Bench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions
{
    internal const string Usage = """
        ./lab bench [animator|render|motion|rss|precision|feed|gpu|sampling|metrics|kernel|reliability|fuzz|check|all] [options]

          animator   one LIA training step beside PyTorch's, in two formulations
                     (--official: with LIA's official widths, batch 4)
          render     16 frames of one source, 256 px, official widths, beside PyTorch
          motion     one cLMDM training step beside PyTorch's
          rss        resident memory over many LIA steps
          kernel     the notebooks' kernel: start, first cell, small cells, memory
          sampling   sequences of motion codes by DDPM, DDIM and DPM-Solver++, 1 and 16, beside PyTorch
          precision  bfloat16 beside float32: an LIA step, Tiny and at official widths (64 and 256 px), and rendering;
                     precision animator: only that work (animator, official, official-256, render)
          feed       LIA steps whose pairs are made ahead on a thread of their own, beside pairs made in the step
          gpu        what a GPU gives: known numbers, step time, memory and frames/s of tiny, small and paper in each
                     precision, a training beside the CPU's; at most eight minutes, one table and JSON
          metrics    I3D on a clip, FVD and KVD of 2048 features, beside PyTorch, scipy and numpy
          reliability  faults put into real trainings and metric runs, --rounds times each;
                     reliability power: only those with that word
          fuzz       hostile and broken files for everything that reads files; exit code 1 where one crashes,
                     hangs, writes where nothing may be, or ends in an error without words for people
          check      only compare losses and gradient norms
          all        everything but precision, feed, gpu, reliability and fuzz (the default)

          --threads 1,2    threads inside operators, one after the other   (1 and, with two cores, 2)
          --rounds 9       rounds of a comparison
          --steps 6        steps of each contender a round; the slow one takes one, and all do of --official, render and I3D
          --warmup 40      steps before the first round: it takes .NET some thirty to compile hot code once more
          --rss-steps 500  steps of rss
          --seed 1         where reliability's faults come; seed of fuzz, there 0 unless given
          --device cuda    what gpu measures; cpu tries the measurement itself, tiny only
          --out FILE       where gpu writes its JSON (bench-gpu.json)
          --seconds 10     how long gpu measures each preset in each precision (2 on a CPU)
          --training-steps 100  steps of the training that gpu compares (20 on a CPU)
          --minutes 1      how long to fuzz; every target is run at least once
          --target name    the only target of fuzz: safetensors, pickle-zip, pickle-legacy, torchsharp, settings, run-folder,
                           notebook, wire, split, dataset, study, manifest, package, picture, video
          --first 0        number of the first input, to try a finding again
        """;

    /// <summary>What to do; <c>worker</c> is for the program itself.</summary>
    public string Command { get; private init; } = "all";

    /// <summary>The work of a worker; of reliability, a word that a fault has to have.</summary>
    public string Work { get; private init; } = "";

    /// <summary>Whether a worker tells losses.</summary>
    public bool Record { get; private init; }

    /// <summary>In which numbers a worker computes.</summary>
    public Precision Precision { get; private init; }

    /// <summary>Whether the animator has LIA's official widths.</summary>
    public bool Official { get; private init; }

    public IReadOnlyList<int> Threads { get; private init; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public int Rounds { get; init; } = 9;

    public int Steps { get; init; } = 6;

    public int Warmup { get; init; } = 40;

    public int RssSteps { get; private init; } = 500;

    /// <summary>Seed of reliability and of fuzz; null where none was given.</summary>
    private long? GivenSeed { get; init; }

    /// <summary>Seed of reliability.</summary>
    public int Seed => (int)(GivenSeed ?? 1);

    /// <summary>What gpu measures; null where it was not given.</summary>
    public string? Device { get; private init; }

    /// <summary>Where gpu writes its JSON; null where it was not given.</summary>
    public string? Out { get; private init; }

    /// <summary>Seconds of a measurement of gpu; null where they were not given.</summary>
    public double? Seconds { get; private init; }

    /// <summary>Steps of gpu's training; null where they were not given.</summary>
    public int? TrainingSteps { get; private init; }

    /// <summary>Minutes of fuzz.</summary>
    public double Minutes { get; private init; } = 1;

    /// <summary>Seed of fuzz.</summary>
    public long FuzzSeed => GivenSeed ?? 0;

    /// <summary>The only target of fuzz; empty for all.</summary>
    public string Target { get; private init; } = "";

    /// <summary>Number of fuzz's first input.</summary>
    public long First { get; private init; }

    internal static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions();
        var words = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--precision" => options with { Precision = Enum.Parse<Precision>(Value(), ignoreCase: true) },
                "--record" => options with { Record = true },
                "--official" => options with { Official = true },
                "--threads" => options with { Threads = [.. Value().Split(',').Select(Number)] },
                "--rounds" => options with { Rounds = Number(Value()) },
                "--steps" => options with { Steps = Number(Value()) },
                "--warmup" => options with { Warmup = Number(Value()) },
                "--rss-steps" => options with { RssSteps = Number(Value()) },
                "--device" => options with { Device = Value() },
                "--out" => options with { Out = Value() },
                "--seconds" => options with { Seconds = Positive(Value()) },
                "--training-steps" => options with { TrainingSteps = Number(Value()) },
                "--minutes" => options with { Minutes = Number(Value()) },
                "--seed" => options with { GivenSeed = Whole(Value()) },
                "--first" => options with { First = Whole(Value()) },
                "--target" => options with { Target = Known(Value()) },
                ['-', ..] => throw new BenchException($"{args[i]} is not known.\n{Usage}", 2),
                _ => Word(),
            };

            string Value() => ++i < args.Length ? args[i] : throw new BenchException($"{args[i - 1]} wants a value.", 2);

            BenchOptions Word()
            {
                words.Add(args[i]);
                return options;
            }
        }
        string command = words.FirstOrDefault("all");
        if (command is not ("animator" or "render" or "motion" or "rss" or "precision" or "feed" or "sampling" or "metrics" or KernelRun.Name or GpuRun.Name or GpuRun.WorkerName or ReliabilityRun.Name or "fuzz" or "check" or "all" or "worker")
            || words.Count > (command is "worker" or GpuRun.WorkerName or "precision" or ReliabilityRun.Name ? 2 : 1))
        {
            throw new BenchException($"{string.Join(' ', words)} is not known.\n{Usage}", 2);
        }

        return options with { Command = command, Work = words.ElementAtOrDefault(1) ?? "" };
    }

    private static string Known(string target) => Leo.Fuzz.FuzzTargets.Names.Contains(target) ? target
        : throw new BenchException($"{target} is none of {string.Join(", ", Leo.Fuzz.FuzzTargets.Names)}.", 2);

    private static long Whole(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out long n) && n >= 0
        ? n
        : throw new BenchException($"{text} is not a whole number from 0.", 2);

    private static double Positive(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double n) && n > 0
        ? n
        : throw new BenchException($"{text} is not a number above 0.", 2);

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int n) && n > 0
        ? n
        : throw new BenchException($"{text} is not a whole number above 0.", 2);
}
