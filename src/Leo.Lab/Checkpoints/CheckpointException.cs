namespace Leo.Lab.Checkpoints;

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
