namespace Leo.Lab;

/// <summary>A <see cref="LeoPipeline"/> was asked for something that takes a part which it was loaded without.</summary>
public sealed class MissingPartException : LeoException
{
    /// <summary>One line: what was asked for, the part that is missing, how to give it.</summary>
    /// <param name="task">What was asked for.</param>
    /// <param name="part">Name of the missing part's property, in <see cref="LeoParts"/> and <see cref="LeoPipeline"/> alike.</param>
    /// <param name="what">The part in words.</param>
    /// <param name="command">The command of <c>leo train</c> that makes one.</param>
    internal MissingPartException(string task, string part, string what, string command)
        : base(task, $"takes {what}, and none is loaded", $"Give one to LeoPipeline.Load: new LeoParts(animator) {{ {part} = file }}; `leo train {command}` makes one") => Part = part;

    /// <summary>Name of the missing part's property in <see cref="LeoParts"/>: Motion, StartCodes, StartFrames or Transition.</summary>
    public string Part { get; }
}
