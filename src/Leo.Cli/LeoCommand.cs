using System.CommandLine;
using System.CommandLine.Help;

namespace Leo.Cli;

/// <summary>A command of the program.</summary>
internal sealed class LeoCommand(string name, string description, params string[] examples) : Command(name, description), IHasExamples
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Adds options and arguments and returns the command.</summary>
    public LeoCommand With(params Symbol[] symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Option option) Add(option);
            else if (symbol is Argument argument) Add(argument);
            else Add((Command)symbol);
        }
        return this;
    }

    /// <summary>Makes it a group: called without a subcommand it shows its help.</summary>
    public LeoCommand Groups(params LeoCommand[] commands)
    {
        SetAction(parsed =>
        {
            new HelpWithExamples(new HelpAction()).Invoke(parsed);
            return ExitCode.Usage;
        });
        return With(commands);
    }

    /// <summary>Checks the command line as a whole; a text that is returned is what is wrong with it.</summary>
    public LeoCommand Requires(Func<System.CommandLine.Parsing.CommandResult, string?> fault)
    {
        Validators.Add(result =>
        {
            if (fault(result) is { } text) result.AddError(text);
        });
        return this;
    }

    /// <summary>What the command does; the number returned is the exit code.</summary>
    public LeoCommand Does(Func<ParseResult, int> action)
    {
        SetAction(action);
        return this;
    }
}
