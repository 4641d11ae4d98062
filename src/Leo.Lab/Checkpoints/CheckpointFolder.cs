using System.Globalization;

namespace Leo.Lab.Checkpoints;

/// <summary>A folder of <c>step-00001000.safetensors</c> files and a text file <c>latest</c> that names the newest.</summary>
public sealed class CheckpointFolder(string path)
{
    private const string Prefix = "step-", Suffix = ".safetensors", Latest = "latest";

    /// <summary>Ending given to checkpoints that turned out broken, so that they neither count nor get lost.</summary>
    public const string BrokenSuffix = ".broken";

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>File of the checkpoint after <paramref name="step"/> steps.</summary>
    public string FileOf(long step) =>
        System.IO.Path.Combine(Path, Prefix + step.ToString("D8", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>All checkpoints by step, newest first.</summary>
    public IReadOnlyList<string> NewestFirst() => !Directory.Exists(Path)
        ? []
        : [.. Directory.EnumerateFiles(Path, Prefix + "*" + Suffix)
            .Select(file => (File: file, Step: StepOf(file))).Where(f => f.Step >= 0)
            .OrderByDescending(f => f.Step).Select(f => f.File)];

    /// <summary>Turns a run folder or a folder of checkpoints into its newest file; leaves a file as it is.</summary>
    /// <exception cref="CheckpointException">A folder without checkpoints.</exception>
    public static string Resolve(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }
        foreach (string candidate in (string[])[System.IO.Path.Combine(path, "checkpoints"), path])
        {
            string pointer = System.IO.Path.Combine(candidate, Latest);
            if (File.Exists(pointer))
            {
                string target = System.IO.Path.Combine(candidate, System.IO.Path.GetFileName(File.ReadAllText(pointer).Trim()));
                if (File.Exists(target))
                {
                    return target;
                }
            }
            if (new CheckpointFolder(candidate).NewestFirst() is [var newest, ..])
            {
                return newest;
            }
        }
        throw new CheckpointException(path, "expected a run folder with checkpoints, found none", "Train first, or give a .safetensors file");
    }

    /// <summary>Reads <paramref name="file"/> back, makes <c>latest</c> name it, then deletes all but the newest <paramref name="keep"/>.</summary>
    /// <param name="file">A checkpoint of this folder that was just written; never deleted.</param>
    /// <param name="keep">How many to keep, at least 1.</param>
    /// <exception cref="CheckpointException">It does not read back as it was written; the older ones stay.</exception>
    /// <exception cref="FileWriteException"><c>latest</c> cannot be written, or an old one not be deleted.</exception>
    public void Publish(string file, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        using (var written = SafetensorsFile.Open(file))
        {
            written.Verify();
        }
        AtomicFile.WriteText(System.IO.Path.Combine(Path, Latest), System.IO.Path.GetFileName(file) + "\n");
        string own = System.IO.Path.GetFullPath(file);
        foreach (string old in NewestFirst().Where(f => System.IO.Path.GetFullPath(f) != own).Skip(keep - 1))
        {
            try
            {
                File.Delete(old);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new FileWriteException(old, e);
            }
        }
    }

    /// <summary>Renames a broken checkpoint out of the way.</summary>
    public static void SetAside(string file) => File.Move(file, file + BrokenSuffix, overwrite: true);

    private static long StepOf(string file)
    {
        string name = System.IO.Path.GetFileName(file);
        return long.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? step
            : -1;
    }
}

/// <summary>Files that come with the project, in its folder <c>checkpoints</c>.</summary>
public static class ShippedCheckpoint
{
    /// <summary>
    /// Folders named <c>checkpoints</c>: from the program's folder upwards, then from the current one and from that of this library. The first is the
    /// project's, or that of the installed tool, whatever folder one calls from.
    /// </summary>
    public static IEnumerable<string> Folders()
    {
        foreach (string start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory, Path.GetDirectoryName(typeof(ShippedCheckpoint).Assembly.Location) ?? ""])
        {
            for (var folder = start.Length > 0 ? new DirectoryInfo(start) : null; folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "checkpoints");
                if (Directory.Exists(path)) yield return path;
            }
        }
    }

    /// <summary>Looks into these folders for a file.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="otherwise">What to do where it is missing, besides restoring it.</param>
    /// <exception cref="CheckpointException">There is none.</exception>
    public static string Find(string file, string otherwise) =>
        Folders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
        ?? throw new CheckpointException(Path.Combine("checkpoints", file), "expected a file that comes with the project, found none", $"Restore it, or {otherwise}");
}
