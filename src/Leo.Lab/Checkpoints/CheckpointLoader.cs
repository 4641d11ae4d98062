using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>Finds a model's weights in any layout of checkpoint and puts them into a module, all or nothing.</summary>
internal static class CheckpointLoader
{
    private static readonly string[] Preferred = [CheckpointNames.Ema, CheckpointNames.Model, CheckpointNames.Generator];

    /// <summary>
    /// Prefix of the weights: <c>ema.</c> if present, else <c>model.</c>, else <c>gen.</c>, else none; in files of other programs also what
    /// their trainers use (<see cref="TensorNames"/>).
    /// </summary>
    /// <param name="checkpoint">Where to look.</param>
    /// <param name="expected">Names that the weights have without it; several prefixes may be there, and these decide.</param>
    public static string Prefix(Checkpoint checkpoint, params IReadOnlyCollection<string> expected)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.Kind is null
            ? Prefix(checkpoint.File, expected)
            : Preferred.FirstOrDefault(p => checkpoint.File.Names.Any(n => n.StartsWith(p, StringComparison.Ordinal))) ?? "";
    }

    /// <summary>
    /// Prefix of the weights in a file of whatever origin: one under which all the names are, of averages before others and of those that trainers
    /// use before unknown ones; else that with the most.
    /// </summary>
    /// <exception cref="CheckpointException">Several have all the names, and nothing says which is meant.</exception>
    public static string Prefix(ITensorFile file, IReadOnlyCollection<string> expected)
    {
        ArgumentNullException.ThrowIfNull(file);
        var known = TensorNames.Prefixes(file.Names);
        if (expected.Count == 0)
        {
            return known.First(p => TensorNames.HoldsWeights(file.Names, p));
        }
        string[] others = [.. TensorNames.Above(file.Names, expected).Except(known)];
        string[] whole = [.. known.Concat(others).Where(p => expected.All(n => file.Contains(p + n))).OrderByDescending(TensorNames.Averages)];
        if (whole.Length == 0)
        {
            // Names of one word are anywhere: an unknown place has to have most of them.
            return known.Concat(others.Where(p => expected.Count(n => file.Contains(p + n)) > expected.Count / 2)).MaxBy(p => expected.Count(n => file.Contains(p + n)))!;
        }
        string[] alike = [.. whole.TakeWhile(p => others.Contains(p) && TensorNames.Averages(p) == TensorNames.Averages(whole[0]))];
        return alike.Length < 2 ? whole[0] : throw new CheckpointException(file.Path, $"expected one model's weights, found those of {alike.Length}, under {TensorNames.Some(alike)}", "Save the state_dict() of the one that is meant");
    }

    /// <summary>Names of the weights without the prefix.</summary>
    public static IReadOnlyList<string> WeightNames(Checkpoint checkpoint) => WeightNames(checkpoint, Prefix(checkpoint));

    /// <summary>Names of the tensors under <paramref name="prefix"/>, without it.</summary>
    internal static IReadOnlyList<string> WeightNames(Checkpoint checkpoint, string prefix)
    {
        return [.. checkpoint.File.Names
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && (prefix.Length > 0 || !(n.StartsWith(CheckpointNames.Extra, StringComparison.Ordinal) || TensorNames.IsBeside(n))))
            .Select(n => n[prefix.Length..])];
    }

    /// <summary>Shapes of the weights by name without the prefix: what a bare state dictionary tells of its model.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <param name="expected">Names that tell the weights, see <see cref="Prefix(Checkpoint, IReadOnlyCollection{string})"/>.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<long>> WeightShapes(Checkpoint checkpoint, params IReadOnlyCollection<string> expected)
    {
        string prefix = Prefix(checkpoint, expected);
        return WeightNames(checkpoint, prefix).ToDictionary(n => n, n => checkpoint.File.Shape(prefix + n));
    }

    /// <summary>Copies the weights into <paramref name="module"/>, converting element types; nothing is copied unless all fit.</summary>
    /// <param name="checkpoint">Source.</param>
    /// <param name="module">Target; its state dictionary names what is needed.</param>
    /// <param name="ignore">Names in the file that the module need not have; null for none.</param>
    /// <exception cref="CheckpointException">Names or shapes differ, or the data is not what was written.</exception>
    public static void Load(Checkpoint checkpoint, nn.Module module, Func<string, bool>? ignore = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        (checkpoint.File as SafetensorsFile)?.VerifyIfOwn();
        var targets = module.state_dict();
        string prefix = Prefix(checkpoint, targets.Keys);
        // Where the model's own are missing as well, that says more.
        Check(checkpoint.File, prefix, targets);
        if (WeightNames(checkpoint, prefix).FirstOrDefault(n => !targets.ContainsKey(n) && ignore?.Invoke(n) != true && checkpoint.File.CanRead(prefix + n)) is { } unexpected)
        {
            throw new CheckpointException(checkpoint.Path, $"expected no tensor of this name, found one; the model's are {TensorNames.Some(targets.Keys)}", Advice, prefix + unexpected);
        }
        Load(checkpoint.File, prefix, targets);
    }

    /// <summary>Fills what was just made, for inference; disposes it where the weights do not fit.</summary>
    /// <param name="checkpoint">Source.</param>
    /// <param name="made">What is handed out.</param>
    /// <param name="network">Its network.</param>
    /// <exception cref="CheckpointException">Names or shapes differ.</exception>
    internal static T Fill<T>(Checkpoint checkpoint, T made, nn.Module network)
        where T : IDisposable
    {
        try
        {
            Load(checkpoint, network);
            network.eval();
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Copies <c>prefix + name</c> into each target; nothing is copied unless all are there in the right shape.</summary>
    /// <exception cref="CheckpointException">A tensor is missing or of another shape.</exception>
    public static void Load(ITensorFile file, string prefix, IReadOnlyDictionary<string, Tensor> targets)
    {
        Check(file, prefix, targets);
        using var noGrad = no_grad();
        foreach (var (name, target) in targets)
        {
            using var scope = NewDisposeScope();
            target.copy_(file.Read(prefix + name));
        }
    }

    /// <summary>Checks what <see cref="Load(ITensorFile, string, IReadOnlyDictionary{string, Tensor})"/> would need.</summary>
    /// <exception cref="CheckpointException">A tensor is missing or of another shape.</exception>
    public static void Check(ITensorFile file, string prefix, IReadOnlyDictionary<string, Tensor> targets)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(targets);
        foreach (var (name, target) in targets)
        {
            if (!file.Contains(prefix + name))
            {
                int missing = targets.Keys.Count(n => !file.Contains(prefix + n));
                throw new CheckpointException(file.Path,
                    $"expected a tensor {Shapes.Text(target.shape)}, found none; {missing} of {targets.Count} names are missing, and the file has {TensorNames.Some(file.Names)}", Advice, prefix + name);
            }
            if (!file.Shape(prefix + name).SequenceEqual(target.shape))
            {
                throw new CheckpointException(file.Path, $"expected {Shapes.Text(target.shape)}, found {Shapes.Text(file.Shape(prefix + name))}", Advice, prefix + name);
            }
        }
    }

    private const string Advice = "Use a checkpoint of this kind and size, or the preset it was trained with";
}

/// <summary>Prefixes of tensor names and keys of the header that make a safetensors file a checkpoint of this project.</summary>
internal static class CheckpointNames
{
    /// <summary>Header key of the kind: <c>animator</c>, <c>motion</c>, <c>start-code</c>.</summary>
    public const string Kind = "kind";

    /// <summary>Header key of the model's settings as JSON.</summary>
    public const string Settings = "settings";

    /// <summary>Header key of the number of steps trained.</summary>
    public const string Step = "step";

    /// <summary>Header key of the losses it was trained with, as JSON; kept on export.</summary>
    public const string Losses = "losses";

    /// <summary>Header key of what else of the recipe it was trained by (which data are drawn and how), as JSON; kept on export.</summary>
    public const string Options = "options";

    /// <summary>Header key of the fingerprint of the animator whose codes it knows; kept on export.</summary>
    public const string Animator = "animator";

    /// <summary>Header key of the names in PyTorch's order as a JSON list, where all of a PyTorch file was converted.</summary>
    public const string Order = "order";

    /// <summary>Averaged weights in training checkpoints.</summary>
    public const string Ema = "ema.";

    /// <summary>Raw weights in training checkpoints.</summary>
    public const string Model = "model.";

    /// <summary>Generator weights in official LIA checkpoints.</summary>
    public const string Generator = "gen.";

    /// <summary>Discriminator weights in official LIA checkpoints.</summary>
    public const string Discriminator = "dis.";

    /// <summary>Constants beside the weights, in every checkpoint.</summary>
    public const string Extra = "extra.";

    /// <summary>State of optimisers.</summary>
    public const string Optimizer = "optim.";

    /// <summary>State of random generators.</summary>
    public const string Random = "rng.";

    /// <summary>State of the task.</summary>
    public const string State = "state.";
}
