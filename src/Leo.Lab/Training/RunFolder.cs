using Leo.Lab.Checkpoints;

namespace Leo.Lab.Training;

/// <summary>
/// A run's folder, locked while open: <c>settings.json</c>, <c>metrics.jsonl</c>, <c>skipped.jsonl</c>, <c>samples/</c>, <c>checkpoints/</c>, and <c>tensorboard/</c> where it was asked for.
/// </summary>
public sealed class RunFolder : IDisposable
{
    /// <summary>Name of the file with a line for each step that was left out.</summary>
    public const string SkippedName = "skipped.jsonl";

    private const string SettingsName = "settings.json", MetricsName = "metrics.jsonl";

    private readonly RunLock? _lock;
    private TensorBoardLog? _tensorBoard;

    private RunFolder(string path, RunLock? held)
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

    /// <summary>One JSON line a step that was left out (<see cref="SkippedStep"/>); not there if none was.</summary>
    public string SkippedPath => System.IO.Path.Combine(Path, SkippedName);

    /// <summary>Who held the folder last and did not close it – killed, or the power failed – in words; null where the last run ended in order.</summary>
    public string? TakenOver => _lock?.TakenOver;

    /// <summary>Where tasks put samples.</summary>
    public string SamplesPath => System.IO.Path.Combine(Path, "samples");

    /// <summary>Where TensorBoard's event files lie, once <see cref="LogToTensorBoard"/> was called.</summary>
    public string TensorBoardPath => System.IO.Path.Combine(Path, "tensorboard");

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

    /// <summary>The folder of a run that another process of the same team writes: takes no lock, and whatever is appended here goes nowhere.</summary>
    public static RunFolder Follow(string path) => new(path, null);

    /// <summary>Whether a folder holds a run; takes no lock.</summary>
    public static bool Exists(string path) => File.Exists(System.IO.Path.Combine(path, SettingsName));

    /// <summary>The lines of a run's <c>metrics.jsonl</c> so far; takes no lock and leaves out a line still being written.</summary>
    public static IReadOnlyList<TrainingMetrics> ReadMetrics(string path)
    {
        string file = Directory.Exists(path) ? System.IO.Path.Combine(path, MetricsName) : path;
        return File.Exists(file) ? [.. JsonLines.Read(file).Select(l => Json.Read<TrainingMetrics>(l, file))] : [];
    }

    /// <summary>The steps that a run left out, oldest first; takes no lock.</summary>
    public static IReadOnlyList<SkippedStep> ReadSkipped(string path)
    {
        string file = System.IO.Path.Combine(path, SkippedName);
        return File.Exists(file) ? [.. JsonLines.Read(file).Select(l => Json.Read<SkippedStep>(l, file))] : [];
    }

    /// <summary>Writes the settings, or checks on resuming that they fit those of the run.</summary>
    /// <exception cref="SettingsException">The run was made with settings that do not fit; lists all.</exception>
    public void Begin(RunSettings settings)
    {
        if (_lock is null)
            return;
        if (File.Exists(SettingsPath))
        {
            var earlier = Json.Read<RunSettings>(File.ReadAllText(SettingsPath), SettingsPath);
            SettingsException.ThrowIfAny($"{SettingsPath} (to resume, settings must fit the run; else choose another folder)", earlier.ConflictsWith(settings));
        }
        AtomicFile.CreateFolder(SamplesPath);
        AtomicFile.CreateFolder(Checkpoints.Path);
        AtomicFile.SweepTemporaries(Path);
        AtomicFile.SweepTemporaries(Checkpoints.Path);
        AtomicFile.WriteText(SettingsPath, Json.Write(settings) + "\n");
    }

    /// <summary>Has whatever the run logs from its beginning, or its resumption, also go to <see cref="TensorBoardPath"/>; changes nothing else.</summary>
    public void LogToTensorBoard()
    {
        if (_lock is not null)
            _tensorBoard = new TensorBoardLog(TensorBoardPath);
    }

    /// <summary>Appends a line of metrics.</summary>
    /// <exception cref="FileWriteException">The disk is full or the file cannot be written.</exception>
    public void Append(TrainingMetrics metrics)
    {
        if (_lock is null)
            return;
        JsonLines.Append(MetricsPath, metrics);
        _tensorBoard?.Append(metrics);
    }

    /// <summary>Notes that the samples of a step are in <see cref="SamplesPath"/>.</summary>
    /// <exception cref="FileWriteException">The disk is full or TensorBoard's log cannot be written.</exception>
    public void AppendSamples(long step) => _tensorBoard?.Append(SamplesPath, step, step);

    /// <summary>Notes a step that was left out.</summary>
    /// <exception cref="FileWriteException">The disk is full or the file cannot be written.</exception>
    public void Append(SkippedStep step)
    {
        if (_lock is not null)
            JsonLines.Append(SkippedPath, step);
    }

    /// <summary>Waits until all lines are on the disk.</summary>
    /// <exception cref="FileWriteException">The disk is full or fails.</exception>
    public void FlushLogs()
    {
        JsonLines.Flush(MetricsPath);
        JsonLines.Flush(SkippedPath);
        _tensorBoard?.Flush();
    }

    /// <summary>Drops the lines after <paramref name="step"/>, and what a crash or power cut left damaged: those steps will be made again.</summary>
    /// <returns>Whole lines that could not be read.</returns>
    public int Rewind(long step)
    {
        if (_lock is null)
            return 0;
        int damaged = JsonLines.Keep<TrainingMetrics>(MetricsPath, m => m.Step <= step) + JsonLines.Keep<SkippedStep>(SkippedPath, s => s.Step <= step);
        _tensorBoard?.Rewind(step, ReadMetrics(Path), SamplesPath);
        return damaged;
    }

    /// <summary>Releases the lock of the folder.</summary>
    public void Dispose() => _lock?.Dispose();

    private static RunFolder Open(string path, bool? resume)
    {
        if (resume == true && !Exists(path))
        {
            throw new TrainingException(path, "expected a run to resume, found none", "Check the path, or start a new run");
        }
        var held = RunLock.Take(path);
        // Looked at under the lock: two processes that start at once must not both find the folder empty.
        if (resume == false && Exists(path))
        {
            held.Dispose();
            throw new TrainingException(path, "the folder holds a run already", "Resume it, or choose another folder");
        }
        return new RunFolder(path, held);
    }
}
