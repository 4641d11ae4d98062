namespace Leo.Lab;

/// <summary>Root of every error that a user can act on: one line that names the subject, what is wrong and what to do.</summary>
public class LeoException : Exception
{
    // What is quoted of a file may be as long as the file.
    private const int Longest = 8000;

    /// <summary>Builds <c>"{subject}: {problem}. {advice}"</c>, always one line.</summary>
    /// <param name="subject">The file, key or setting at fault.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What the user can do about it.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public LeoException(string subject, string problem, string advice, Exception? inner = null)
        : base(OneLine($"{subject}: {Sentence(problem)} {Sentence(advice)}"), inner) => Subject = subject;

    /// <summary>The file, key or setting at fault.</summary>
    public string Subject { get; }

    private static string Sentence(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed[^1] is '.' or '!' or '?' ? trimmed : trimmed + ".";
    }

    // Messages quote file contents and native errors, either of which may hold line breaks.
    private static string OneLine(string text)
    {
        string line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= Longest ? line : $"{line[..(Longest / 2)]} … {line[^(Longest / 2)..]}";
    }
}
