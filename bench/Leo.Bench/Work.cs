using Leo.Lab;
using Leo.Lab.Checkpoints;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>
/// A training with the Tiny preset's recipe, with all that its step needs but video files: the task that <c>leo train</c> makes,
/// on data from a seed.
/// </summary>
internal abstract class Work : IDisposable
{
    internal const long Seed = 7;

    private protected Work(TrainingTask task, TrainingSettings training) => (Task, Training) = (task, training);

    internal TrainingTask Task { get; }

    /// <summary>The preset's, without what happens only now and then and is no part of a step.</summary>
    internal TrainingSettings Training { get; }

    /// <summary>All settings, as Python reads them.</summary>
    private protected abstract string SettingsJson { get; }

    /// <summary>Data that steps use, by the names that Python knows.</summary>
    private protected abstract IReadOnlyDictionary<string, Tensor> Data();

    internal static Work Create(string name, int threads, Precision precision = Precision.Float32) => name switch
    {
        "animator" => AnimatorWork.Create(threads, precision),
        "official" => AnimatorWork.CreateOfficial(threads, precision),
        "official-256" => AnimatorWork.CreateOfficial(threads, precision, size: 256, batch: 1),
        StoredWork.Fed or StoredWork.InStep => StoredWork.Create(threads, name == StoredWork.Fed),
        "motion" => MotionWork.Create(threads),
        _ => throw new BenchException($"{name} is none of animator, official, motion, render, i3d, {string.Join(", ", [.. SamplingWork.Names, .. DistanceWork.Names])}.", 2),
    };

    /// <summary>Writes what another program needs to do the work <paramref name="name"/>.</summary>
    internal static void Export(string name, int threads, string path)
    {
        if (InferenceWork.Create(name, threads) is { } inference)
        {
            using (inference) inference.Export(path);
            return;
        }
        using var work = Create(name, threads);
        work.Export(path);
    }

    /// <summary>Writes weights, data, generators and settings, so that another program can make the same steps.</summary>
    private void Export(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(Data());
        foreach (var (name, value) in Task.Model.state_dict()) tensors["model." + name] = value;
        foreach (var (name, generator) in Task.Generators) tensors["rng." + name] = generator.get_state();
        Safetensors.Write(path, tensors, new Dictionary<string, string> { ["settings"] = SettingsJson });
    }

    public virtual void Dispose() => Task.Dispose();

    private protected static TrainingSettings Plain(TrainingSettings preset, int threads) => preset with
    {
        Seed = Seed,
        Threads = threads,
        SampleEvery = 0,
        ValidateEvery = 0,
        CheckpointEvery = 0,
        CheckpointEveryMinutes = 0,
    };
}
