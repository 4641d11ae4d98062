using Leo.Lab.Checkpoints.PyTorch;

namespace Leo.Lab.Checkpoints;

/// <summary>What <c>leo inspect</c> tells of a checkpoint, without reading its data.</summary>
public sealed record CheckpointSummary
{
    /// <summary>Where it is.</summary>
    public required string Path { get; init; }

    /// <summary>The file's format, for people.</summary>
    public required string Format { get; init; }

    /// <summary>Bytes on the disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>Kind; null in a bare state dictionary.</summary>
    public string? Kind { get; init; }

    /// <summary>Steps trained; 0 if unknown.</summary>
    public long Step { get; init; }

    /// <summary>Settings of the model as JSON; null in a bare state dictionary.</summary>
    public string? SettingsJson { get; init; }

    /// <summary>All strings beside the tensors.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Prefix under which a loader finds the weights; empty for none.</summary>
    public required string WeightsPrefix { get; init; }

    /// <summary>Elements of the floating-point tensors that a loader would take.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Every tensor, by name.</summary>
    public required IReadOnlyList<TensorSummary> Tensors { get; init; }

    /// <summary>The first words of the names – <c>gen</c>, <c>dis</c>, <c>ema</c> … – in order, with how many tensors are under each.</summary>
    public IReadOnlyList<(string Name, int Tensors)> Parts =>
        [.. Tensors.GroupBy(t => t.Name.Split('.')[0]).Select(g => (g.Key, g.Count()))];

    /// <summary>Numbers and texts that stand beside the tensors of a PyTorch file, by name.</summary>
    public IReadOnlyDictionary<string, string> Values => Metadata.Where(m => m.Key.StartsWith(PyTorchFile.ValuePrefix, StringComparison.Ordinal))
        .ToDictionary(m => m.Key[PyTorchFile.ValuePrefix.Length..], m => m.Value);

    /// <summary>Reads the header of a checkpoint, or of the newest in a run folder.</summary>
    /// <exception cref="CheckpointException">Missing or broken.</exception>
    public static CheckpointSummary Read(string path)
    {
        using var checkpoint = Checkpoint.Open(path);
        var file = checkpoint.File;
        string prefix = CheckpointLoader.Prefix(checkpoint);
        return new CheckpointSummary
        {
            Path = file.Path,
            Format = file.Format,
            Bytes = new FileInfo(file.Path).Length,
            Kind = checkpoint.Kind,
            Step = checkpoint.Step,
            SettingsJson = checkpoint.SettingsJson,
            Metadata = file.Metadata,
            WeightsPrefix = prefix,
            ParameterCount = CheckpointLoader.WeightNames(checkpoint)
                .Where(n => TypeName(file, prefix + n) is "F64" or "F32" or "F16" or "BF16").Sum(n => Count(file.Shape(prefix + n))),
            Tensors = [.. file.Names.Order(StringComparer.Ordinal).Select(n => new TensorSummary(n, TypeName(file, n), file.Shape(n)))],
        };
    }

    private static string TypeName(ITensorFile file, string name) => file is SafetensorsFile safetensors ? safetensors.TypeName(name) : SafetensorsType.Of(file.DType(name)).Name;

    private static long Count(IReadOnlyList<long> shape) => shape.Aggregate(1L, (a, b) => a * b);
}

/// <summary>A tensor in a file.</summary>
/// <param name="Name">Its name, with prefix.</param>
/// <param name="Type">Element type as the format writes it: F32, I64, …</param>
/// <param name="Shape">Its shape.</param>
public sealed record TensorSummary(string Name, string Type, IReadOnlyList<long> Shape);
