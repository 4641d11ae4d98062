namespace Leo.Lab.Experiments;

/// <summary>Where the trained parts of LEO for one kind of video are.</summary>
/// <param name="Animator">A checkpoint or a run folder.</param>
/// <param name="Motion">Likewise.</param>
/// <param name="StartCodes">Likewise; null for none.</param>
/// <param name="Transition">Likewise.</param>
/// <param name="StartFrame">Likewise.</param>
public sealed record ModelPaths(string Animator, string Motion, string? StartCodes, string? Transition = null, string? StartFrame = null)
{
    /// <summary>Names under which checkpoints are shipped: <c>animator-faces-tiny.safetensors</c> and so on.</summary>
    /// <param name="folder">The folder of checkpoints.</param>
    /// <param name="subject">faces, bodies or videos.</param>
    /// <param name="preset">tiny, small or paper.</param>
    public static ModelPaths Shipped(string folder, string subject, string preset) => new(
        Path.Combine(folder, $"animator-{subject}-{preset}.safetensors"),
        Path.Combine(folder, $"motion-{subject}-{preset}.safetensors"),
        Path.Combine(folder, $"start-code-{subject}-{preset}.safetensors"),
        IfThere(Path.Combine(folder, $"transition-{subject}-{preset}.safetensors")),
        IfThere(Path.Combine(folder, $"start-frame-{subject}-{preset}.safetensors")));

    /// <summary>Run folders of a training by the main job.</summary>
    /// <param name="folder">The folder of runs.</param>
    /// <param name="subject">faces, bodies or videos.</param>
    public static ModelPaths Runs(string folder, string subject) => new(
        Path.Combine(folder, $"{subject}-animator"), Path.Combine(folder, $"{subject}-motion"), Path.Combine(folder, $"{subject}-start-code"));

    // LEO works without these two; the others it needs.
    private static string? IfThere(string path) => File.Exists(path) ? path : null;

    /// <summary>Whether all of them are there.</summary>
    public bool Exist => Exists(Animator) && Exists(Motion) && (StartCodes is null || Exists(StartCodes));

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(Path.Combine(path, "checkpoints"));
}
