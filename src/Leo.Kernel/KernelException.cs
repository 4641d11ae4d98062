namespace Leo.Kernel;

/// <summary>An error that a user can act on: one line that names the subject, what is wrong and what to do.</summary>
/// <remarks>
/// The kernel does not reference Leo.Lab, so that a notebook loads whichever build of it its <c>#r</c> names; hence an error type of its own.
/// </remarks>
public sealed class KernelException : Exception
{
    // What is quoted of a file may be as long as the file.
    private const int Longest = 8000;

    /// <summary>Builds <c>"{subject}: {problem}. {advice}."</c>, always one line.</summary>
    /// <param name="subject">The file, key or setting at fault.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What the user can do about it.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public KernelException(string subject, string problem, string advice, Exception? inner = null)
        : base(OneLine($"{subject}: {problem.TrimEnd('.')}. {advice.TrimEnd('.')}."), inner) => Subject = subject;

    /// <summary>The file, key or setting at fault.</summary>
    public string Subject { get; }

    private static string OneLine(string text)
    {
        string line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= Longest ? line : $"{line[..(Longest / 2)]} … {line[^(Longest / 2)..]}";
    }
}
