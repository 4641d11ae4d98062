namespace Leo.Lab.Experiments.Study;

/// <summary>A user study that cannot be made, or a file of one that cannot be used.</summary>
public sealed class StudyException : LeoException
{
    /// <summary>Makes the one-line message <c>subject: problem. advice</c>.</summary>
    /// <param name="fault">What kind of fault it is.</param>
    /// <param name="subject">The file or option.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="advice">What to do about it.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public StudyException(StudyFault fault, string subject, string problem, string advice, Exception? inner = null)
        : base(subject, problem, advice, inner) => Fault = fault;

    /// <summary>What kind of fault it is.</summary>
    public StudyFault Fault { get; }
}
