using System.Globalization;

namespace Leo.Lab.Training;

/// <summary>A step that was left out because a loss or gradient was not finite: one line of <c>skipped.jsonl</c>.</summary>
public sealed record SkippedStep
{
    private const int Shown = 3;

    /// <summary>Number of the step, counted from 1.</summary>
    public required long Step { get; init; }

    /// <summary>The phase whose loss or gradient it was; this phase and later ones of the step were left out.</summary>
    public required string Phase { get; init; }

    /// <summary><c>loss</c>, or <c>gradient</c> for the norm of all gradients of the phase.</summary>
    public required string What { get; init; }

    /// <summary><c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>.</summary>
    public required string Value { get; init; }

    /// <summary>Names of the clips that the step looked at, as far as its task tells.</summary>
    public required IReadOnlyList<string> Clips { get; init; }

    /// <summary>One line for a person; names a few of the clips.</summary>
    public override string ToString()
    {
        string clips = Clips.Count == 0 ? "" : $"; clips: {string.Join(", ", Clips.Take(Shown))}{(Clips.Count > Shown ? $" and {Clips.Count - Shown} more" : "")}";
        return string.Create(CultureInfo.InvariantCulture, $"step {Step} left out: the {What} of {Phase} is {Value}{clips}");
    }

    internal static SkippedStep Of(long step, string phase, string what, double value, IEnumerable<string> clips) => new()
    {
        Step = step,
        Phase = phase,
        What = what,
        Value = value.ToString(CultureInfo.InvariantCulture),
        Clips = [.. clips.Distinct()],
    };
}
