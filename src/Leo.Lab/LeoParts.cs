using Leo.Lab.Checkpoints;

namespace Leo.Lab;

/// <summary>Where the trained parts of LEO for one kind of video are: checkpoints or run folders. Only the animator is needed for all.</summary>
/// <param name="Animator">The latent image animator (LEO §3.1).</param>
public sealed record LeoParts(string Animator)
{
    /// <summary>The motion model, cLMDM or LMDM (LEO §3.2), for sampling.</summary>
    /// <value>None.</value>
    public string? Motion { get; init; }

    /// <summary>The model of starting codes, p(α) (LEO §3.3), for first poses that are drawn.</summary>
    /// <value>None.</value>
    public string? StartCodes { get; init; }

    /// <summary>The model of starting frames, p(x₁ | α₁) (LEO §3.3, Option 2), for people who are drawn.</summary>
    /// <value>None.</value>
    public string? StartFrames { get; init; }

    /// <summary>The Transition DM (LEO §6), for long motion that changes its pattern.</summary>
    /// <value>None.</value>
    public string? Transition { get; init; }

    /// <summary>Parts under the names by which they are shipped: <c>animator-faces-tiny.safetensors</c> and so on. LEO works without the last two; the others have to be there.</summary>
    /// <param name="folder">The folder of checkpoints.</param>
    /// <param name="subject">faces, bodies or videos.</param>
    /// <param name="preset">tiny, small or paper.</param>
    public static LeoParts Shipped(string folder, string subject, string preset)
    {
        return new LeoParts(Named("animator"))
        {
            Motion = Named("motion"),
            StartCodes = Named("start-code"),
            StartFrames = IfThere(Named("start-frame")),
            Transition = IfThere(Named("transition")),
        };

        string Named(string part) => Path.Combine(folder, $"{part}-{subject}-{preset}.safetensors");
        static string? IfThere(string path) => File.Exists(path) ? path : null;
    }

    /// <summary>Run folders of a training by the main job.</summary>
    /// <param name="folder">The folder of runs.</param>
    /// <param name="subject">faces, bodies or videos.</param>
    public static LeoParts Runs(string folder, string subject) => new(Path.Combine(folder, $"{subject}-animator"))
    {
        Motion = Path.Combine(folder, $"{subject}-motion"),
        StartCodes = Path.Combine(folder, $"{subject}-start-code"),
    };

    /// <summary>All parts in a folder, whatever their names: each file or run folder says itself of which kind it is.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="LeoException">There is no animator, or two parts of a kind.</exception>
    public static LeoParts In(string folder)
    {
        var found = new Dictionary<string, string>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.safetensors").Concat(Directory.EnumerateDirectories(folder).Where(d => Directory.Exists(Path.Combine(d, "checkpoints")))).Order(StringComparer.Ordinal))
        {
            using var checkpoint = Checkpoint.Open(path);
            if (checkpoint.Kind is { } kind && !found.TryAdd(kind, path) && kind is "animator" or "motion" or "start-code" or "start-frame" or "transition")
                throw new LeoException(folder, $"holds two parts of kind {kind}: {Path.GetFileName(found[kind])} and {Path.GetFileName(path)}", "Name the parts one by one: new LeoParts(animator) { Motion = … }");
        }
        return new LeoParts(found.GetValueOrDefault("animator") ?? throw new LeoException(folder, "holds no animator", "Name a folder with one, or faces or bodies for what is shipped"))
        {
            Motion = found.GetValueOrDefault("motion"),
            StartCodes = found.GetValueOrDefault("start-code"),
            StartFrames = found.GetValueOrDefault("start-frame"),
            Transition = found.GetValueOrDefault("transition"),
        };
    }

    /// <summary>Whether animator, motion model and starting codes are there, as far as they are named.</summary>
    public bool Exist => new[] { Animator, Motion, StartCodes }.All(path => path is null || File.Exists(path) || Directory.Exists(Path.Combine(path, "checkpoints")));
}
