namespace Leo.Lab.Training;

/// <summary>How to train, whatever is trained. What is trained has settings of its own.</summary>
public sealed record TrainingSettings
{
    /// <summary>Optimisation steps in all.</summary>
    /// <value>1000</value>
    public int Steps { get; init; } = 1000;

    /// <summary>Wall-clock budget over all sessions of the run, minutes; null is none. With one, the schedule follows whichever of steps and time is further.</summary>
    /// <value>null</value>
    public double? MaxMinutes { get; init; }

    /// <summary>Examples in one micro-step.</summary>
    /// <value>8</value>
    public int BatchSize { get; init; } = 8;

    /// <summary>Micro-steps whose gradients are averaged into one step.</summary>
    /// <value>1</value>
    public int Accumulate { get; init; } = 1;

    /// <summary>Peak learning rate.</summary>
    /// <value>1e-4</value>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Where a falling schedule ends.</summary>
    /// <value>0</value>
    public double FinalLearningRate { get; init; }

    /// <summary>Shape of the schedule.</summary>
    /// <value>Constant</value>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Steps over which the rate climbs linearly from 0.</summary>
    /// <value>0</value>
    public int WarmupSteps { get; init; }

    /// <summary>Largest norm of all gradients of an optimiser together; 0 does not clip.</summary>
    /// <value>0</value>
    public double ClipGradNorm { get; init; }

    /// <summary>Rates of the exponential moving averages of the weights; the first is the one that samples and ships. Empty for none.</summary>
    /// <value>[0.999]</value>
    public IReadOnlyList<double> EmaRates { get; init; } = [0.999];

    /// <summary>Steps in a row with a loss or gradient that is not finite before the run is given up.</summary>
    /// <value>20</value>
    public int MaxSkipsInARow { get; init; } = 20;

    /// <summary>Steps between lines of <c>metrics.jsonl</c>.</summary>
    /// <value>50</value>
    public int LogEvery { get; init; } = 50;

    /// <summary>Steps between samples; 0 for none.</summary>
    /// <value>0</value>
    public int SampleEvery { get; init; }

    /// <summary>Steps between validations; 0 for none.</summary>
    /// <value>0</value>
    public int ValidateEvery { get; init; }

    /// <summary>Steps between checkpoints; 0 leaves only those by time and at the end.</summary>
    /// <value>1000</value>
    public int CheckpointEvery { get; init; } = 1000;

    /// <summary>Minutes between checkpoints; 0 leaves only those by steps and at the end.</summary>
    /// <value>10</value>
    public double CheckpointEveryMinutes { get; init; } = 10;

    /// <summary>Newest checkpoints to keep.</summary>
    /// <value>2</value>
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>The most threads that can be asked for: a number far above the machine's makes the OpenMP library end the process.</summary>
    public const int MostThreads = 1024;

    /// <summary>Threads inside operators; results depend on it in the last bits.</summary>
    /// <value>1</value>
    public int Threads { get; init; } = 1;

    /// <summary>The device that computes: <see cref="ComputeDevice.Known"/>. A resumed run may change it; checkpoints say nothing of devices.</summary>
    /// <value>auto: CUDA where TorchSharp has it, else the CPU.</value>
    public string Device { get; init; } = ComputeDevice.Auto;

    /// <summary>In which numbers convolutions are computed. A resumed run may change it, since weights, optimisers, averages and checkpoints are float32 in each.</summary>
    /// <value>Float32</value>
    public Precision Precision { get; init; }

    /// <summary>The run's one seed; every purpose derives its own by <see cref="Seeds"/>.</summary>
    /// <value>0</value>
    public long Seed { get; init; }

    /// <summary>Checks all values.</summary>
    /// <exception cref="SettingsException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new SettingsFaults()
            .AtLeast(Steps, 1)
            .AtLeast(BatchSize, 1)
            .AtLeast(Accumulate, 1)
            .Above(LearningRate, 0)
            .Between(FinalLearningRate, 0, Math.Max(0, LearningRate))
            .AtLeast(WarmupSteps, 0)
            .AtLeast(MaxSkipsInARow, 1)
            .AtLeast(LogEvery, 1)
            .AtLeast(SampleEvery, 0)
            .AtLeast(ValidateEvery, 0)
            .AtLeast(CheckpointEvery, 0)
            .AtLeast(CheckpointEveryMinutes, 0)
            .AtLeast(KeepCheckpoints, 1)
            .Between(Threads, 1, MostThreads)
            .Require(double.IsFinite(ClipGradNorm) && ClipGradNorm >= 0, nameof(ClipGradNorm), "0 or more", $"{ClipGradNorm}")
            .Require(MaxMinutes is null or (> 0 and < double.PositiveInfinity), nameof(MaxMinutes), "more than 0, or absent", $"{MaxMinutes}")
            .Require(ComputeDevice.IsWord(Device), nameof(Device), ComputeDevice.Known, Device)
            .Require(Enum.IsDefined(Precision), nameof(Precision), string.Join(" or ", Enum.GetNames<Precision>()), $"{Precision}")
            .Require(Enum.IsDefined(Schedule), nameof(Schedule), string.Join(" or ", Enum.GetNames<LearningRateSchedule>()), $"{Schedule}")
            .Require(EmaRates.Distinct().Count() == EmaRates.Count, nameof(EmaRates), "all different", $"[{string.Join(", ", EmaRates)}]");
        foreach (double rate in EmaRates)
        {
            faults.Require(rate is >= 0 and < 1, nameof(EmaRates), "from 0 to below 1 each", $"{rate}");
        }
        faults.Throw("training settings");
    }

    /// <summary>The settings that a resumed run may not change, with both values; budgets, intervals and rates it may.</summary>
    public IReadOnlyList<string> ConflictsWith(TrainingSettings resumed)
    {
        ArgumentNullException.ThrowIfNull(resumed);
        return new SettingsFaults()
            .Require(resumed.Seed == Seed, nameof(Seed), $"{Seed}", $"{resumed.Seed}")
            .Require(resumed.BatchSize == BatchSize, nameof(BatchSize), $"{BatchSize}", $"{resumed.BatchSize}")
            .Require(resumed.Accumulate == Accumulate, nameof(Accumulate), $"{Accumulate}", $"{resumed.Accumulate}")
            .Require(resumed.EmaRates.SequenceEqual(EmaRates), nameof(EmaRates), $"[{string.Join(", ", EmaRates)}]", $"[{string.Join(", ", resumed.EmaRates)}]")
            .All;
    }
}
