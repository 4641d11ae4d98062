namespace Leo.Lab.Distributed;

/// <summary>Processes that cannot work together.</summary>
/// <param name="subject">What is at fault.</param>
/// <param name="problem">What was expected and what was found.</param>
/// <param name="advice">What the user can do about it.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class TeamException(string subject, string problem, string advice, Exception? inner = null)
    : LeoException(subject, problem, advice, inner);
