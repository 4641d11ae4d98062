namespace Leo.Lab.Data.Fetching;

/// <summary>A package could not be downloaded, or is not what was asked for.</summary>
public sealed class FetchException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="subject">The address, package or file.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What to do about it.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public FetchException(string subject, string problem, string advice, Exception? inner = null)
        : base(subject, problem, advice, inner)
    {
    }
}
