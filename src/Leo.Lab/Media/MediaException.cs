namespace Leo.Lab.Media;

/// <summary>A picture or video file could not be read or written. The message names the file, what is wrong, and what to do.</summary>
public sealed class MediaException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="subject">The file or program.</param>
    /// <param name="problem">What is wrong, without a final full stop.</param>
    /// <param name="advice">What to do about it.</param>
    public MediaException(string subject, string problem, string advice)
        : base(subject, problem, advice)
    {
    }
}
