namespace Leo.Lab.Checkpoints;

/// <summary>Files that come with the project, in its folder <c>checkpoints</c>.</summary>
public static class ShippedCheckpoint
{
    /// <summary>Looks from the program's folder upwards, then from the current one and from that of this library: the project's checkpoints, whatever folder one calls from.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="otherwise">What to do where it is missing, besides restoring it.</param>
    /// <exception cref="CheckpointException">There is none.</exception>
    public static string Find(string file, string otherwise)
    {
        foreach (string start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory, Path.GetDirectoryName(typeof(ShippedCheckpoint).Assembly.Location) ?? ""])
        {
            for (var folder = start.Length > 0 ? new DirectoryInfo(start) : null; folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "checkpoints", file);
                if (File.Exists(path))
                    return path;
            }
        }
        throw new CheckpointException(Path.Combine("checkpoints", file), "expected a file that comes with the project, found none", $"Restore it, or {otherwise}");
    }
}
