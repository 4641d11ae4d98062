namespace Leo.Cli;

/// <summary>A command that shows examples under its help.</summary>
internal interface IHasExamples
{
    /// <summary>Whole command lines, most common first.</summary>
    IReadOnlyList<string> Examples { get; }
}
