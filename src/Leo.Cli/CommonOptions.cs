using System.CommandLine;
using Leo.Lab;
using Leo.Lab.Checkpoints;
using Leo.Lab.Training;
using TorchSharp;

namespace Leo.Cli;

/// <summary>Options that several commands share, each under one name and with one meaning.</summary>
internal static class CommonOptions
{
    /// <summary><c>--json</c>, on every command.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print a machine-readable summary as the last line of stdout.",
        Recursive = true,
    };

    /// <summary><c>--threads</c>, on every command.</summary>
    public static Option<int?> Threads() => new("--threads")
    {
        Description = "Threads for tensor operations; by default one for training and for 64-pixel frames, else the machine's cores, at most 8.",
        HelpName = "n",
        Recursive = true,
        Validators = { result => AtLeast(result, 1), result => AtMost(result, TrainingSettings.MostThreads) },
    };

    /// <summary><c>--device</c>, on every command.</summary>
    public static Option<string?> Device() => new("--device")
    {
        Description = $"What computes: {ComputeDevice.Known}. By default auto: CUDA where TorchSharp has it, else the CPU.",
        HelpName = "device",
        Recursive = true,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count == 1 && !ComputeDevice.IsWord(result.Tokens[0].Value))
                    result.AddError($"--device is {result.Tokens[0].Value}; it has to be {ComputeDevice.Known}.");
            },
        },
    };

    /// <summary><c>--seed</c>.</summary>
    public static Option<long> Seed() => new("--seed")
    {
        Description = "The one seed from which all randomness of the command derives.",
        HelpName = "n",
        DefaultValueFactory = _ => 0,
    };

    /// <summary><c>--preset</c>.</summary>
    public static Option<string> Preset()
    {
        var option = new Option<string>("--preset")
        {
            Description = "Size of everything: tiny (64 px, minutes on two cores), small (128 px, one GPU), paper (the paper's numbers).",
            DefaultValueFactory = _ => "tiny",
        };
        option.AcceptOnlyFromAmong("tiny", "small", "paper");
        return option;
    }

    /// <summary><c>--no-sound</c>.</summary>
    public static Option<bool> NoSound() => new("--no-sound")
    {
        Description = "Leave the sound out. By default that of the video goes into .mp4, .mov, .mkv and .webm.",
    };

    /// <summary><c>--keep-damaged</c>.</summary>
    public static Option<bool> KeepDamaged() => new("--keep-damaged")
    {
        Description = "Take damaged videos too, as the decoder gives them: with frames missing or wrong. By default they are left out and named.",
    };

    /// <summary><c>--precision</c>.</summary>
    public static Option<string> Precision()
    {
        var option = new Option<string>("--precision")
        {
            Description = "Numbers of the convolutions: float32, tf32 (a mode of CUDA; float32 elsewhere) or bfloat16. Weights and checkpoints are float32 in each.",
            DefaultValueFactory = _ => "float32",
        };
        option.AcceptOnlyFromAmong("float32", "tf32", "bfloat16");
        return option;
    }

    /// <summary>What <see cref="Precision()"/> says; null where it was not given.</summary>
    public static Precision? PrecisionGiven(ParseResult parsed, Option<string> option) =>
        parsed.GetResult(option) is { Implicit: false } ? Enum.Parse<Precision>(parsed.GetValue(option)!, ignoreCase: true) : null;

    /// <summary>Says so where the precision that was asked for is another one on this device.</summary>
    public static void TellPrecision(Shell shell, LeoPipeline leo)
    {
        if (leo.Animator.Precision == Lab.Precision.Tf32 && leo.Device.type != TorchSharp.DeviceType.CUDA)
            shell.Say("precision: float32 (tf32 is a mode of CUDA)");
    }

    /// <summary>An option that must be given and takes a path.</summary>
    public static Option<string> Path(string name, string help, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = help, Required = true };

    /// <summary>An option that may be given and takes a path.</summary>
    public static Option<string?> OptionalPath(string name, string help, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = help };

    /// <summary>A whole number with a default and a lower bound.</summary>
    public static Option<int> Count(string name, string description, int byDefault, int least = 1) => new(name)
    {
        Description = description,
        HelpName = "n",
        DefaultValueFactory = _ => byDefault,
        Validators = { result => AtLeast(result, least) },
    };

    /// <summary>Whether <c>--json</c> was given.</summary>
    public static bool WantsJson(ParseResult parsed) => parsed.GetValue<bool>("--json");

    /// <summary>What <c>--threads</c> says, or null.</summary>
    public static int? ThreadsGiven(ParseResult parsed) => parsed.GetValue<int?>("--threads");

    /// <summary>What <c>--device</c> says, or null.</summary>
    public static string? DeviceGiven(ParseResult parsed) => parsed.GetValue<string?>("--device");

    /// <summary>What <c>--device</c> says; by default auto.</summary>
    public static string DeviceOf(ParseResult parsed) => DeviceGiven(parsed) ?? ComputeDevice.Auto;

    /// <summary>
    /// Sets the threads for tensor operations: those asked for, else one for frames up to 64 pixels, where waking a second thread
    /// takes longer than the work (bench/README.md), and the cores for larger ones, at most 8.
    /// </summary>
    public static void ApplyThreads(ParseResult parsed, int frameSize) =>
        torch.set_num_threads(ThreadsGiven(parsed) ?? (frameSize <= 64 ? 1 : Math.Min(Environment.ProcessorCount, 8)));

    /// <summary>Refuses a number below a bound.</summary>
    public static void AtLeast(System.CommandLine.Parsing.OptionResult result, int least)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < least)
            result.AddError($"{result.Option.Name} is {value}; it has to be at least {least}.");
    }

    /// <summary>Refuses a number above a bound.</summary>
    public static void AtMost(System.CommandLine.Parsing.OptionResult result, int most)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value > most)
            result.AddError($"{result.Option.Name} is {value}; it has to be at most {most}.");
    }

    /// <summary>Tells what is to be said of frames that were read, such as that they look as if they were in another range than [-1, 1].</summary>
    public static void TellNotes(Shell shell, params IEnumerable<string?> notes)
    {
        foreach (string note in notes.OfType<string>().Distinct())
            shell.Say($"note: {note}");
    }

    /// <summary>Folder of the shipped checkpoints, whatever folder the program is called from.</summary>
    public static string ShippedCheckpoints() => ShippedCheckpoint.Folders().FirstOrDefault() ?? "checkpoints";
}
