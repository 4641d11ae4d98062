using System.Globalization;

namespace Leo.Bench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions
{
    internal const string Usage = """
        ./lab bench [animator|render|motion|rss|sampling|metrics|kernel|reliability|check|all] [options]

          animator   one LIA training step beside PyTorch's, in two formulations
                     (--official: with LIA's official widths, batch 4)
          render     16 frames of one source, 256 px, official widths, beside PyTorch
          motion     one cLMDM training step beside PyTorch's
          rss        resident memory over many LIA steps
          kernel     the notebooks' kernel: start, first cell, small cells, memory
          sampling   sequences of motion codes by DDPM, DDIM and DPM-Solver++, 1 and 16, beside PyTorch
          metrics    I3D on a clip, FVD and KVD of 2048 features, beside PyTorch, scipy and numpy
          reliability  faults put into real trainings and metric runs, --rounds times each (not part of all)
          check      only compare losses and gradient norms
          all        everything (the default)

          --threads 1,2    threads inside operators, one after the other   (1 and, with two cores, 2)
          --rounds 9       rounds of a comparison
          --steps 6        steps of each contender a round; the slow one takes one, and all do of --official, render and I3D
          --warmup 40      steps before the first round: it takes .NET some thirty to compile hot code once more
          --rss-steps 500  steps of rss
          --seed 1         where reliability's faults come
        """;

    /// <summary>What to do; <c>worker</c> is for the program itself.</summary>
    public string Command { get; private init; } = "all";

    /// <summary>The work of a worker.</summary>
    public string Work { get; private init; } = "";

    /// <summary>Whether a worker tells losses.</summary>
    public bool Record { get; private init; }

    /// <summary>Whether the animator has LIA's official widths.</summary>
    public bool Official { get; private init; }

    public IReadOnlyList<int> Threads { get; private init; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public int Rounds { get; init; } = 9;

    public int Steps { get; init; } = 6;

    public int Warmup { get; init; } = 40;

    public int RssSteps { get; private init; } = 500;

    public int Seed { get; private init; } = 1;

    internal static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions();
        var words = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--record" => options with { Record = true },
                "--official" => options with { Official = true },
                "--threads" => options with { Threads = [.. Value().Split(',').Select(Number)] },
                "--rounds" => options with { Rounds = Number(Value()) },
                "--steps" => options with { Steps = Number(Value()) },
                "--warmup" => options with { Warmup = Number(Value()) },
                "--seed" => options with { Seed = Number(Value()) },
                "--rss-steps" => options with { RssSteps = Number(Value()) },
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
        if (command is not ("animator" or "render" or "motion" or "rss" or "sampling" or "metrics" or KernelRun.Name or ReliabilityRun.Name or "check" or "all" or "worker") || words.Count > (command == "worker" ? 2 : 1))
            throw new BenchException($"{string.Join(' ', words)} is not known.\n{Usage}", 2);
        return options with { Command = command, Work = words.ElementAtOrDefault(1) ?? "" };
    }

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int n) && n > 0
        ? n
        : throw new BenchException($"{text} is not a whole number above 0.", 2);
}
