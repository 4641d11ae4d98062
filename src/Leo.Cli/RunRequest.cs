using Leo.Lab;

namespace Leo.Cli;

/// <summary>What the command line of a training asked for, kept in the run folder so that <c>--resume</c> need not be told again.</summary>
internal sealed record RunRequest
{
    private const string FileName = "request.json";

    /// <summary>The preset; null for the default.</summary>
    public string? Preset { get; init; }

    /// <summary>Every <c>--set key=value</c>, in order.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary><c>--steps</c>, if given.</summary>
    public int? Steps { get; init; }

    /// <summary><c>--minutes</c>, if given.</summary>
    public double? Minutes { get; init; }

    /// <summary><c>--seed</c>, if given.</summary>
    public long? Seed { get; init; }

    /// <summary><c>--precision</c>, if given.</summary>
    public Precision? Precision { get; init; }

    /// <summary><c>--tensorboard</c>.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Files that an option named – networks, a checkpoint to start from, held-out codes – by what they are.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>What the run in a folder was begun with; empty where there is none.</summary>
    /// <exception cref="LeoException">The file is damaged.</exception>
    public static RunRequest Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? Json.Read<RunRequest>(File.ReadAllText(path), path) : new RunRequest();
    }

    /// <summary>Keeps it, atomically.</summary>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void Write(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), Json.Write(this));
}
