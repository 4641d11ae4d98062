using System.Text.Json;
using Leo.Lab.Distributed;
using Spectre.Console;

namespace Leo.Cli;

/// <summary>Where a command speaks: results on <see cref="Out"/>, progress and errors on <see cref="Error"/>.</summary>
internal sealed class Shell(TextWriter output, TextWriter error, bool interactive, CancellationToken cancellation)
{
    private static readonly JsonSerializerOptions OneLine = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Results.</summary>
    public TextWriter Out { get; } = output;

    /// <summary>Progress, notes, errors.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Whether a person at a terminal reads <see cref="Error"/>; then progress is a live bar.</summary>
    public bool Interactive { get; } = interactive;

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>How this process was started. Of several, only the first speaks.</summary>
    public Launch Launch { get; private init; } = Launch.Alone;

    /// <summary>The processes that work together: this one, until <see cref="Join"/>.</summary>
    public Team Team { get; private set; } = Team.Alone;

    /// <summary>The process's own streams.</summary>
    public static Shell ForConsole(CancellationToken cancellation, Launch launch) => launch.Rank == 0
        ? new(Console.Out, Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb", cancellation) { Launch = launch }
        : new(TextWriter.Null, TextWriter.Null, interactive: false, cancellation) { Launch = launch };

    /// <summary>Waits for the processes that were started with this one; alone it does nothing.</summary>
    /// <exception cref="TeamException">They cannot be reached.</exception>
    public void Join() => Team = Team.Join(Launch);

    /// <summary>A line for a person, out of the way of results.</summary>
    public void Say(string line) => Error.WriteLine(line);

    /// <summary>A result line.</summary>
    public void Print(string line) => Out.WriteLine(line);

    /// <summary>The machine-readable summary on one line; keys become snake_case.</summary>
    public void PrintJson(object summary) => Out.WriteLine(JsonSerializer.Serialize(summary, OneLine));

    /// <summary>Spectre's console over <see cref="Error"/>.</summary>
    public IAnsiConsole Terminal() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
}
