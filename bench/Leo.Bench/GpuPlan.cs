using Leo.Lab;

namespace Leo.Bench;

/// <summary>What <c>gpu</c> measures, sized to end within eight minutes.</summary>
internal sealed record GpuPlan
{
    /// <summary>As <c>--device</c> of <c>leo</c> takes it.</summary>
    public required string Device { get; init; }

    public required IReadOnlyList<string> Presets { get; init; }

    public required IReadOnlyList<Precision> Precisions { get; init; }

    /// <summary>Seconds that one measurement of steps goes on; rendering takes half as long.</summary>
    public required double Seconds { get; init; }

    /// <summary>Steps of the training whose losses are compared.</summary>
    public required int TrainingSteps { get; init; }

    /// <summary>When nothing new is begun.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(7);

    /// <summary>Whether it is the CPU that is tried.</summary>
    internal bool IsCpu => Device == "cpu";

    /// <summary>On a GPU everything; on a CPU, where a step of <c>paper</c> takes a minute, enough to see that the measurement works.</summary>
    internal static GpuPlan For(string device, double? seconds, int? trainingSteps) => device == "cpu"
        ? new() { Device = device, Presets = ["tiny"], Precisions = [Precision.Float32, Precision.Bfloat16], Seconds = seconds ?? 2, TrainingSteps = trainingSteps ?? 20 }
        : new() { Device = device, Presets = ["tiny", "small", "paper"], Precisions = Enum.GetValues<Precision>(), Seconds = seconds ?? 10, TrainingSteps = trainingSteps ?? 100 };
}
