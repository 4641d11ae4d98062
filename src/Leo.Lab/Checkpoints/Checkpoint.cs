using System.Globalization;
using static TorchSharp.torch;

namespace Leo.Lab.Checkpoints;

/// <summary>An open checkpoint: what it is of, the settings that build its model, and its tensors.</summary>
/// <remarks>
/// Three layouts are understood: training checkpoints (<c>ema.*</c>, <c>model.*</c>, <c>optim.*</c> …), inference
/// checkpoints (official names without prefix), and bare state dictionaries from elsewhere, PyTorch's and TorchSharp's own
/// files among them (no kind, no settings; <c>gen.*</c> or no prefix).
/// </remarks>
public sealed class Checkpoint : IDisposable
{
    private Checkpoint(ITensorFile file)
    {
        File = file;
        Kind = file.Metadata.GetValueOrDefault(CheckpointNames.Kind);
        SettingsJson = file.Metadata.GetValueOrDefault(CheckpointNames.Settings);
        string? step = file.Metadata.GetValueOrDefault(CheckpointNames.Step);
        if (step is not null && !long.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new CheckpointException(file.Path, $"expected a whole number of steps, found '{step}'", "Use another checkpoint", CheckpointNames.Step);
        }
        Step = step is null ? 0 : long.Parse(step, CultureInfo.InvariantCulture);
    }

    /// <summary>The tensors.</summary>
    public ITensorFile File { get; }

    /// <summary>Where it is.</summary>
    public string Path => File.Path;

    /// <summary><c>animator</c>, <c>motion</c>, <c>start-code</c>; null in a bare state dictionary.</summary>
    public string? Kind { get; }

    /// <summary>Settings of the model as JSON; null in a bare state dictionary.</summary>
    public string? SettingsJson { get; }

    /// <summary>Steps trained; 0 if unknown.</summary>
    public long Step { get; }

    /// <summary>Opens a checkpoint, or the newest one of a run folder.</summary>
    /// <param name="path">A file of any format that <see cref="TensorFile"/> knows, a run folder, or its <c>checkpoints</c> folder.</param>
    /// <param name="expectedKind">Kind that is needed; a bare state dictionary passes.</param>
    /// <exception cref="CheckpointException">Missing, broken, or of another kind.</exception>
    public static Checkpoint Open(string path, string? expectedKind = null)
    {
        var file = TensorFile.Open(CheckpointFolder.Resolve(path));
        try
        {
            var checkpoint = new Checkpoint(file);
            if (expectedKind is not null && checkpoint.Kind is not null && checkpoint.Kind != expectedKind)
            {
                throw new CheckpointException(file.Path, $"expected a checkpoint of kind '{expectedKind}', found '{checkpoint.Kind}'",
                    $"Give a checkpoint made by 'leo train {expectedKind}'");
            }
            return checkpoint;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a checkpoint atomically.</summary>
    /// <param name="path">Target.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="settingsJson">Settings that build the model.</param>
    /// <param name="step">Steps trained.</param>
    /// <param name="tensors">Official names unprefixed for inference; see <see cref="CheckpointNames"/> otherwise.</param>
    /// <param name="metadata">More strings for the header.</param>
    /// <exception cref="FileWriteException">Disk full or folder refused; the old file is intact.</exception>
    public static void Save(string path, string kind, string settingsJson, long step, IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        // "format" is what Python's loaders look for.
        var header = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>())
        {
            ["format"] = "pt",
            [CheckpointNames.Kind] = kind,
            [CheckpointNames.Settings] = settingsJson,
            [CheckpointNames.Step] = step.ToString(CultureInfo.InvariantCulture),
        };
        Safetensors.Write(path, tensors, header);
    }

    /// <summary>The settings as <typeparamref name="T"/>.</summary>
    /// <param name="validate">Checks their values.</param>
    /// <exception cref="CheckpointException">There are none, and the model must be inferred from shapes; or their values are impossible.</exception>
    /// <exception cref="LeoException">They do not fit the type.</exception>
    public T Settings<T>(Action<T> validate)
    {
        ArgumentNullException.ThrowIfNull(validate);
        if (SettingsJson is null)
            throw new CheckpointException(Path, "expected settings in the header, found none", "Use a checkpoint written by this program", CheckpointNames.Settings);
        var settings = Json.Read<T>(SettingsJson, Path);
        try
        {
            validate(settings);
            return settings;
        }
        catch (SettingsException e)
        {
            throw new CheckpointException(Path, string.Join("; ", e.Faults), "The header is damaged; get the file again", CheckpointNames.Settings, e);
        }
    }

    /// <summary>Writes the weights that would be loaded (averaged ones first) without prefix, with the extras, for inference.</summary>
    /// <param name="path">Target.</param>
    /// <param name="weights">Type to store floating-point weights in, e.g. Float16 for half the size; null keeps theirs.</param>
    /// <param name="set">Which weights of a training: <c>ema</c> (the first of its averages), <c>ema1</c>, … or <c>model</c> (the raw ones); null for those that would be loaded.</param>
    /// <exception cref="CheckpointException">There are no such weights.</exception>
    public void Export(string path, ScalarType? weights = null, string? set = null)
    {
        using var scope = NewDisposeScope();
        var tensors = Weights(set is null ? CheckpointLoader.Prefix(this) : PrefixOf(set));
        if (weights is { } type)
        {
            foreach (var (name, tensor) in tensors.Where(t => t.Value.is_floating_point() && !t.Key.StartsWith(CheckpointNames.Extra, StringComparison.Ordinal)))
            {
                tensors[name] = tensor.to(type);
            }
        }
        Safetensors.Write(path, tensors, Header());
    }

    /// <summary>The weights that would be loaded, without prefix, and the extras.</summary>
    internal Dictionary<string, Tensor> Weights() => Weights(CheckpointLoader.Prefix(this));

    private string PrefixOf(string set)
    {
        if (File.Names.Any(n => n.StartsWith(set + ".", StringComparison.Ordinal)))
            return set + ".";
        var there = File.Names.Where(n => n.StartsWith("ema", StringComparison.Ordinal) || n.StartsWith(CheckpointNames.Model, StringComparison.Ordinal)).Select(n => n.Split('.')[0]).Distinct().Order(StringComparer.Ordinal).ToList();
        throw new CheckpointException(Path, $"expected weights \"{set}\", found {(there.Count > 0 ? string.Join(", ", there) : "weights without sets")}",
            "Give one of those, or a training's own checkpoint", set);
    }

    private Dictionary<string, Tensor> Weights(string prefix)
    {
        (File as SafetensorsFile)?.VerifyIfOwn();
        var tensors = CheckpointLoader.WeightNames(this, prefix).Where(name => File.CanRead(prefix + name)).ToDictionary(name => name, name => File.Read(prefix + name));
        foreach (string name in File.Names.Where(n => n.StartsWith(CheckpointNames.Extra, StringComparison.Ordinal)))
        {
            tensors[name] = File.Read(name);
        }
        return tensors;
    }

    /// <summary>What a header for these weights says: as much as is known.</summary>
    internal Dictionary<string, string> Header()
    {
        var header = new Dictionary<string, string> { ["format"] = "pt" };
        if (Kind is not null)
        {
            header[CheckpointNames.Kind] = Kind;
            header[CheckpointNames.Step] = Step.ToString(CultureInfo.InvariantCulture);
        }
        if (SettingsJson is not null)
        {
            header[CheckpointNames.Settings] = SettingsJson;
        }
        foreach (string key in new[] { CheckpointNames.Losses, CheckpointNames.Options, CheckpointNames.Animator })
        {
            if (File.Metadata.TryGetValue(key, out string? text))
                header[key] = text;
        }
        return header;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => File.Dispose();
}

/// <summary>A checkpoint is broken, of another kind, or of another size than asked for.</summary>
public sealed class CheckpointException : LeoException
{
    /// <summary>One line: file (and key), expected and found, what to do.</summary>
    /// <param name="file">Path of the checkpoint.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What to do.</param>
    /// <param name="key">The tensor or header key at fault, where there is one.</param>
    /// <param name="inner">The cause.</param>
    public CheckpointException(string file, string problem, string advice, string? key = null, Exception? inner = null)
        : base(key is null ? file : $"{file}, '{Shorten(key)}'", problem, advice, inner) => (File, Key) = (file, key);

    /// <summary>Path of the checkpoint.</summary>
    public string File { get; }

    /// <summary>The tensor or header key at fault, or null.</summary>
    public string? Key { get; }

    // Keys come from hostile headers too.
    private static string Shorten(string key) => key.Length <= 120 ? key : key[..117] + "...";
}
