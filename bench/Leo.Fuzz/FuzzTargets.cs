using Leo.Fuzz.Targets;

namespace Leo.Fuzz;

/// <summary>All targets.</summary>
internal static class FuzzTargets
{
    private static readonly Func<FuzzTarget>[] Known =
    [
        () => new SafetensorsTarget(), () => new PickleTarget(legacy: false), () => new PickleTarget(legacy: true), () => new TorchSharpTarget(), () => new NpyTarget(), () => new SettingsTarget(),
        () => new RunFolderTarget(), () => new NotebookTarget(), () => new WireTarget(), () => new SplitTarget(), () => new DatasetTarget(), () => new StudyTarget(),
        () => new ManifestTarget(), () => new PackageTarget(), () => new PictureTarget(), () => new VideoTarget(),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k().Name)];

    /// <summary>The target of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FuzzTarget Create(string name) => name.StartsWith(SinnerTarget.Prefix, StringComparison.Ordinal) ? new SinnerTarget(name[SinnerTarget.Prefix.Length..])
        : Known.Select(k => k()).FirstOrDefault(t => t.Name == name)
        ?? throw new ArgumentException($"{name} is none of {string.Join(", ", Names)}", nameof(name));
}
