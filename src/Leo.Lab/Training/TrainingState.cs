using Leo.Lab.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>Everything that a step changes, to and from a checkpoint: what makes a resumed run equal an uninterrupted one.</summary>
internal sealed class TrainingState(TrainingTask task, IReadOnlyList<Ema> averages)
{
    /// <summary>Name of libtorch's own generator, which dropout layers draw from.</summary>
    internal const string Ambient = "ambient";

    private const string TrainingKey = "training";

    internal void Save(string path, LoopState loop, TrainingSettings settings)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (prefix, named) in Named())
        {
            Add(tensors, prefix, named);
        }
        Add(tensors, CheckpointNames.Extra, task.Extras);
        Add(tensors, CheckpointNames.State, task.SaveState());
        foreach (TrainingPhase phase in task.Phases)
        {
            Add(tensors, $"{CheckpointNames.Optimizer}{phase.Name}.", OptimizerStates.Save(phase.Optimizer));
        }
        foreach (var (name, generator) in task.Generators)
        {
            tensors.Add(CheckpointNames.Random + name, generator.get_state());
        }
        tensors.Add(CheckpointNames.Random + Ambient, Generator.Default.get_state());
        var header = new Dictionary<string, string>
        {
            [LoopState.Key] = Json.WriteLine(loop),
            [TrainingKey] = Json.WriteLine(settings),
        };
        if (task.LossesJson is { } losses)
        {
            header[CheckpointNames.Losses] = losses;
        }
        Checkpoint.Save(path, task.Kind, task.SettingsJson, loop.Step, tensors, header);
    }

    /// <summary>Checks everything first, then puts everything back.</summary>
    internal LoopState Load(Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        ITensorFile file = checkpoint.File;
        if (checkpoint.Kind != task.Kind || !file.Metadata.TryGetValue(LoopState.Key, out string? json))
        {
            throw new CheckpointException(file.Path, $"expected a training checkpoint of kind '{task.Kind}', found {(checkpoint.Kind is null ? "a bare state dictionary" : $"kind '{checkpoint.Kind}'")}",
                "Resume a run of the same kind");
        }
        LoopState loop = Json.Read<LoopState>(json, file.Path);
        var named = Named().ToList();
        foreach (var (prefix, targets) in named)
        {
            CheckpointLoader.Check(file, prefix, targets);
        }
        CheckpointLoader.Check(file, CheckpointNames.Extra, task.Extras);
        foreach (string generator in task.Generators.Keys.Append(Ambient))
        {
            _ = file.Shape(CheckpointNames.Random + generator);
        }

        foreach (var (prefix, targets) in named)
        {
            CheckpointLoader.Load(file, prefix, targets);
        }
        CheckpointLoader.Load(file, CheckpointNames.Extra, task.Extras);
        foreach (TrainingPhase phase in task.Phases)
        {
            OptimizerStates.Load(phase.Optimizer, (name, shape) => Read(file, $"{CheckpointNames.Optimizer}{phase.Name}.{name}", shape));
        }
        foreach (var (name, generator) in task.Generators)
        {
            generator.set_state(file.Read(CheckpointNames.Random + name));
        }
        Generator.Default.set_state(file.Read(CheckpointNames.Random + Ambient));
        task.LoadState(file.Names.Where(n => n.StartsWith(CheckpointNames.State, StringComparison.Ordinal))
            .ToDictionary(n => n[CheckpointNames.State.Length..], file.Read));
        foreach (Ema average in averages)
        {
            average.Updates = loop.EmaUpdates;
        }
        return loop;
    }

    private IEnumerable<(string Prefix, IReadOnlyDictionary<string, Tensor> Tensors)> Named()
    {
        yield return (CheckpointNames.Model, task.Model.state_dict());
        foreach (var (name, module) in task.Companions)
        {
            yield return (name + ".", module.state_dict());
        }
        for (int i = 0; i < averages.Count; i++)
        {
            // The first average is what loaders look for; the others are kept beside it.
            yield return (i == 0 ? CheckpointNames.Ema : $"ema{i}.", averages[i].Weights);
        }
    }

    private static void Add(Dictionary<string, Tensor> target, string prefix, IReadOnlyDictionary<string, Tensor> named)
    {
        foreach (var (name, value) in named)
        {
            target.Add(prefix + name, value);
        }
    }

    private static Tensor Read(ITensorFile file, string name, IReadOnlyList<long>? shape)
    {
        if (shape is not null && !file.Shape(name).SequenceEqual(shape))
        {
            throw new CheckpointException(file.Path, $"expected {Shapes.Text(shape)}, found {Shapes.Text(file.Shape(name))}", "Resume with the settings of the run", name);
        }
        return file.Read(name);
    }
}
