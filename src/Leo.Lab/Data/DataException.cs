namespace Leo.Lab.Data;

/// <summary>Videos that can be read but do not fit what is asked of them: too few, too short, too small, or split badly.</summary>
public sealed class DataException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="subject">The file or folder.</param>
    /// <param name="problem">What was found and what was needed.</param>
    /// <param name="advice">What to do about it.</param>
    public DataException(string subject, string problem, string advice)
        : base(subject, problem, advice)
    {
    }

    internal static DataException TooSmall(string path, int width, int height, int size) =>
        new(path, $"{width}×{height}, smaller than the {size}×{size} that the model takes", "Choose a smaller model (--size), or enlarge the video first");
}
