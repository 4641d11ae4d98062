using System.Globalization;
using Leo.Lab;

namespace Leo.Bench;

/// <summary>What <c>gpu</c> found, as JSON and as tables.</summary>
internal sealed record GpuReport
{
    /// <summary>Device, libtorch, cores and load, in a line.</summary>
    public required string Machine { get; init; }

    public List<GpuCheck> Checks { get; } = [];

    public List<GpuSpeed> Speed { get; } = [];

    public List<GpuTraining> Training { get; } = [];

    /// <summary>What there was no time for.</summary>
    public List<string> LeftOut { get; } = [];

    public double Seconds { get; set; }

    /// <summary>Whether every number is within its tolerance.</summary>
    public bool Good => Checks.All(c => c.Good) && Training.All(t => t.Good) && Speed.All(s => s.Failed is null);

    /// <summary>All of it as one Markdown table.</summary>
    internal IEnumerable<string> Table()
    {
        yield return "| what | precision | result | allowed |";
        yield return "|---|---|---|---|";
        foreach (var check in Checks)
            yield return Row(check.What, check.Precision, string.Create(CultureInfo.InvariantCulture, $"error {check.Error:0.0e0}{Verdict(check.Good)}"), Text($"{check.Allowed:0.0e0}"));
        foreach (var speed in Speed)
        {
            yield return Row($"{speed.Preset}, batch {speed.Batch}: training step", speed.Precision, speed.Failed ?? Text($"{speed.StepMilliseconds:0.0} ms, {speed.MemoryMegabytes:0} MB"), "");
            if (speed.Failed is null)
                yield return Row($"{speed.Preset}: rendering", speed.Precision, Text($"{speed.FramesPerSecond:0.0} frames/s"), "");
        }
        foreach (var training in Training)
        {
            yield return Row($"tiny on puppets, {training.Steps} steps: loss at the first", training.Precision, Text($"{training.First:0.0000}, CPU {training.FirstOnCpu:0.0000}{Verdict(training.FirstGood)}"), Text($"{training.FirstAllowed:0.0e0} of it"));
            yield return Row($"tiny on puppets, {training.Steps} steps: mean loss of the last tenth", training.Precision, Text($"{training.Last:0.0000}, CPU {training.LastOnCpu:0.0000}{Verdict(training.LastGood)}"), Text($"{training.LastAllowed:0.00} of it"));
        }
        foreach (string what in LeftOut)
            yield return Row(what, "", "left out: no time", "");
    }

    private static string Row(string what, string precision, string result, string allowed) => $"| {what} | {precision} | {result} | {allowed} |";

    private static string Row(string what, Precision precision, string result, string allowed) => Row(what, precision.ToString().ToLowerInvariant(), result, allowed);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Verdict(bool good) => good ? "" : " – TOO FAR";
}

/// <summary>Numbers of the device beside known ones.</summary>
/// <param name="What">In words.</param>
/// <param name="Precision">In which they were computed.</param>
/// <param name="Error">Root mean square of the differences, over that of the known numbers.</param>
/// <param name="Allowed">The largest that is good.</param>
internal sealed record GpuCheck(string What, Precision Precision, double Error, double Allowed)
{
    public bool Good => Error <= Allowed;
}

/// <summary>How fast a preset is, measured in a process of its own.</summary>
internal sealed record GpuSpeed
{
    public required string Preset { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>Pairs a step; the preset's, or half as many, and so on, where these do not fit into memory.</summary>
    public int Batch { get; init; }

    /// <summary>Of a training step, all losses and updates included, the median over intervals.</summary>
    public double StepMilliseconds { get; init; }

    public int Steps { get; init; }

    /// <summary>Frames animated a second, from the CPU's memory and back to it.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>What the training took of the device's memory, all of CUDA's own included; on a CPU the largest resident set.</summary>
    public double MemoryMegabytes { get; init; }

    /// <summary>Why there is nothing, in a line.</summary>
    public string? Failed { get; init; }
}

/// <summary>The same training on the device and on the CPU.</summary>
/// <param name="Precision">On the device; the CPU's is float32.</param>
/// <param name="Steps">Of both.</param>
/// <param name="First">Loss of the first step, before anything is learnt.</param>
/// <param name="FirstOnCpu">Likewise.</param>
/// <param name="Last">Mean loss of the last tenth.</param>
/// <param name="LastOnCpu">Likewise.</param>
internal sealed record GpuTraining(Precision Precision, int Steps, double First, double FirstOnCpu, double Last, double LastOnCpu)
{
    // Later steps amplify last digits, so that only their mean is comparable.
    public double FirstAllowed => Precision switch { Precision.Float32 => 1e-4, Precision.Tf32 => 1e-2, _ => 2e-2 };

    public double LastAllowed => 0.1;

    public bool FirstGood => Math.Abs(First - FirstOnCpu) <= FirstAllowed * Math.Abs(FirstOnCpu);

    public bool LastGood => Math.Abs(Last - LastOnCpu) <= LastAllowed * Math.Abs(LastOnCpu);

    public bool Good => FirstGood && LastGood;
}
