using System.Text.Json.Nodes;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Training;

/// <summary>Everything that a step changes, to and from a checkpoint: what makes a resumed run equal an uninterrupted one.</summary>
internal sealed class TrainingState(TrainingTask task, IReadOnlyList<Ema> averages)
{
    /// <summary>Name of libtorch's own generator, which dropout layers draw from.</summary>
    internal const string Ambient = "ambient";

    private const string TrainingKey = "training", DataKey = "data";

    /// <summary>What a person should know of the data after <see cref="Load"/>; null if it is the same.</summary>
    internal string? DataNote { get; private set; }

    /// <exception cref="NotFiniteException">A weight, an average or an optimiser's moment is not finite; nothing was written.</exception>
    internal void Save(string path, LoopState loop, TrainingSettings settings)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (prefix, named) in Named())
        {
            Add(tensors, prefix, named);
        }
        foreach (var phase in task.Phases)
        {
            Add(tensors, $"{CheckpointNames.Optimizer}{phase.Name}.", OptimizerStates.Save(phase.Optimizer));
        }
        RequireFinite(path, loop, tensors);
        Add(tensors, CheckpointNames.Extra, task.Extras);
        Add(tensors, CheckpointNames.State, task.SaveState());
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
        if (task.Data is { } data)
        {
            header[DataKey] = data;
        }
        if (task.LossesJson is { } losses)
        {
            header[CheckpointNames.Losses] = losses;
        }
        if (task.OptionsJson is { } options)
        {
            header[CheckpointNames.Options] = options;
        }
        if (task.Fingerprint is { Length: > 0 } animator)
        {
            header[CheckpointNames.Animator] = animator;
        }
        Checkpoint.Save(path, task.Kind, task.SettingsJson, loop.Step, tensors, header);
    }

    /// <summary>Checks everything first, then puts everything back.</summary>
    internal LoopState Load(Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        var file = checkpoint.File;
        if (checkpoint.Kind != task.Kind || !file.Metadata.TryGetValue(LoopState.Key, out string? json))
        {
            throw new CheckpointException(file.Path, $"expected a training checkpoint of kind '{task.Kind}', found {(checkpoint.Kind is null ? "a bare state dictionary" : $"kind '{checkpoint.Kind}'")}",
                "Resume a run of the same kind");
        }
        var loop = Json.Read<LoopState>(json, file.Path);
        RequireRecipe(file);
        DataNote = file.Metadata.TryGetValue(DataKey, out string? before) && task.Data is { } now && now != before
            ? $"other data than before: {now}, not {before}; the run goes on, but not as it would have gone on"
            : null;
        var named = Named().ToList();
        foreach (var (prefix, targets) in named)
        {
            CheckpointLoader.Check(file, prefix, targets);
        }
        CheckpointLoader.Check(file, CheckpointNames.Extra, task.Extras);
        var random = task.Generators.Keys.Append(Ambient).ToDictionary(name => name, name => GeneratorState.Read(file, name));

        foreach (var (prefix, targets) in named)
        {
            CheckpointLoader.Load(file, prefix, targets);
        }
        CheckpointLoader.Load(file, CheckpointNames.Extra, task.Extras);
        foreach (var phase in task.Phases)
        {
            OptimizerStates.Load(phase.Optimizer, (name, shape) => Read(file, $"{CheckpointNames.Optimizer}{phase.Name}.{name}", shape));
        }
        foreach (var (name, generator) in task.Generators)
        {
            generator.set_state(random[name]);
        }
        Generator.Default.set_state(random[Ambient]);
        task.LoadState(file.Names.Where(n => n.StartsWith(CheckpointNames.State, StringComparison.Ordinal))
            .ToDictionary(n => n[CheckpointNames.State.Length..], file.Read));
        foreach (var average in averages)
        {
            average.Updates = loop.EmaUpdates;
        }
        return loop;
    }

    // Checkpoints of earlier versions say neither.
    private void RequireRecipe(ITensorFile file)
    {
        if (file.Metadata.TryGetValue(CheckpointNames.Options, out string? options)
            && RunSettings.Differences(Json.Read<JsonNode>(options, file.Path), task.OptionsJson is { } now ? JsonNode.Parse(now) : null, nameof(RunSettings.Options)) is { Count: > 0 } faults)
        {
            throw new CheckpointException(file.Path, string.Join("; ", faults), "Resume with the recipe of the run", CheckpointNames.Options);
        }
        if (file.Metadata.TryGetValue(CheckpointNames.Animator, out string? animator) && task.Fingerprint.Length > 0 && animator != task.Fingerprint)
        {
            throw new CheckpointException(file.Path, $"expected codes of the animator {animator}, found those of {task.Fingerprint}", "Resume with codes of the animator that the run was begun with", CheckpointNames.Animator);
        }
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
            yield return (AveragePrefix(i), averages[i].Weights);
        }
    }

    // The last guard: an update can overflow although loss and gradient are finite. Constants of a module (masks) may be infinite.
    private void RequireFinite(string path, LoopState loop, Dictionary<string, Tensor> tensors)
    {
        var constants = Named().SelectMany(n => n.Tensors.Keys.Select(key => (n.Prefix, Key: key))).ToHashSet();
        foreach (var (prefix, module) in task.Companions.Select(c => (c.Key + ".", c.Value)).Prepend((CheckpointNames.Model, task.Model)))
        {
            var names = module.named_parameters().Select(p => p.name).ToList();
            string[] prefixes = prefix == CheckpointNames.Model ? [prefix, .. averages.Select((_, i) => AveragePrefix(i))] : new[] { prefix };
            constants.ExceptWith(prefixes.SelectMany(p => names.Select(n => (p, n))));
        }
        var free = constants.Select(c => c.Prefix + c.Key).ToHashSet();
        foreach (var (name, value) in tensors.Where(t => t.Value.is_floating_point() && !free.Contains(t.Key)))
        {
            using var scope = NewDisposeScope();
            if (!value.isfinite().all().item<bool>())
            {
                throw new NotFiniteException(path, $"'{name}' is not finite after step {loop.Step}, so it was not written; checkpoints before it are intact",
                    "Lower the learning rate or clip the gradients, and resume");
            }
        }
    }

    // The first average is what loaders look for; the others are kept beside it.
    private static string AveragePrefix(int index) => index == 0 ? CheckpointNames.Ema : $"ema{index}.";

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
