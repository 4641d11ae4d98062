using System.Text;
using Leo.Lab.Checkpoints;

namespace Leo.Lab.Training;

/// <summary>
/// A run's folder, locked while open: <c>settings.json</c>, <c>metrics.jsonl</c>, <c>samples/</c>, <c>checkpoints/</c>.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private const string LockName = "run.lock", SettingsName = "settings.json", MetricsName = "metrics.jsonl";

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held)
    {
        (Path, _lock) = (path, held);
        Checkpoints = new CheckpointFolder(System.IO.Path.Combine(path, "checkpoints"));
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Resolved settings.</summary>
    public string SettingsPath => System.IO.Path.Combine(Path, SettingsName);

    /// <summary>One JSON line an interval.</summary>
    public string MetricsPath => System.IO.Path.Combine(Path, MetricsName);

    /// <summary>Where tasks put samples.</summary>
    public string SamplesPath => System.IO.Path.Combine(Path, "samples");

    /// <summary>Checkpoints.</summary>
    public CheckpointFolder Checkpoints { get; }

    /// <summary>Starts a run in a folder that holds none yet; makes the folder.</summary>
    /// <exception cref="TrainingException">The folder holds a run, or another process writes to it.</exception>
    public static RunFolder Create(string path) => Open(path, resume: false);

    /// <summary>Goes on with the run in a folder.</summary>
    /// <exception cref="TrainingException">There is no run, or another process writes to it.</exception>
    public static RunFolder Resume(string path) => Open(path, resume: true);

    /// <summary>Goes on with the run in a folder if there is one, else starts one.</summary>
    /// <exception cref="TrainingException">Another process writes to it.</exception>
    public static RunFolder CreateOrResume(string path) => Open(path, resume: null);

    /// <summary>Whether a folder holds a run; takes no lock.</summary>
    public static bool Exists(string path) => File.Exists(System.IO.Path.Combine(path, SettingsName));

    /// <summary>The lines of a run's <c>metrics.jsonl</c> so far; takes no lock and leaves out a line still being written.</summary>
    public static IReadOnlyList<TrainingMetrics> ReadMetrics(string path)
    {
        string file = Directory.Exists(path) ? System.IO.Path.Combine(path, MetricsName) : path;
        return File.Exists(file) ? [.. Lines(file).Select(l => Json.Read<TrainingMetrics>(l, file))] : [];
    }

    /// <summary>Writes the settings, or checks on resuming that they fit those of the run.</summary>
    /// <exception cref="SettingsException">The run was made with settings that do not fit; lists all.</exception>
    public void Begin(RunSettings settings)
    {
        if (File.Exists(SettingsPath))
        {
            RunSettings earlier = Json.Read<RunSettings>(File.ReadAllText(SettingsPath), SettingsPath);
            SettingsException.ThrowIfAny($"{SettingsPath} (to resume, settings must fit the run; else choose another folder)", earlier.ConflictsWith(settings));
        }
        Directory.CreateDirectory(SamplesPath);
        Directory.CreateDirectory(Checkpoints.Path);
        Checkpoints.SweepTemporaries();
        AtomicFile.WriteText(SettingsPath, Json.Write(settings) + "\n");
    }

    /// <summary>Appends a line of metrics.</summary>
    /// <exception cref="FileWriteException">The disk is full or the file cannot be written.</exception>
    public void Append(TrainingMetrics metrics)
    {
        try
        {
            File.AppendAllText(MetricsPath, Json.WriteLine(metrics) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(MetricsPath, e);
        }
    }

    /// <summary>Drops the lines after <paramref name="step"/>, and one that a crash cut short: those steps will be made again.</summary>
    public void RewindMetrics(long step)
    {
        if (File.Exists(MetricsPath))
        {
            var kept = Lines(MetricsPath).Where(l => Json.Read<TrainingMetrics>(l, MetricsPath).Step <= step);
            AtomicFile.WriteText(MetricsPath, string.Concat(kept.Select(l => l + "\n").ToArray()));
        }
    }

    /// <summary>Lets others in.</summary>
    public void Dispose() => _lock.Dispose();

    private static RunFolder Open(string path, bool? resume)
    {
        if (resume == true && !Exists(path))
        {
            throw new TrainingException(path, "expected a run to resume, found none", "Check the path, or start a new run");
        }
        FileStream held = Lock(path);
        // Looked at under the lock: two processes that start at once must not both find the folder empty.
        if (resume == false && Exists(path))
        {
            held.Dispose();
            throw new TrainingException(path, "the folder holds a run already", "Resume it, or choose another folder");
        }
        return new RunFolder(path, held);
    }

    // The file is never deleted: deleting would let a third process lock a new file of the same name.
    private static FileStream Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(path, e);
        }
        try
        {
            return new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(path, $"the folder cannot be locked, so another run seems to write to it ({e.Message})",
                "Wait for that run, stop it, or choose another folder", e);
        }
    }

    // A line without its end was cut short by a crash, or is being written.
    private static IEnumerable<string> Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
