using System.CommandLine;
using System.CommandLine.Help;
using Leo.Lab;

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

    /// <summary>Whether the processes that <c>mpirun</c> started divide the command's work; one that does not is refused there.</summary>
    public bool IsDivided { get; private set; }

    /// <summary>Has the processes that <c>mpirun</c> started divide the work.</summary>
    public LeoCommand Divides()
    {
        IsDivided = true;
        return this;
    }

    /// <summary>What the command does; the number returned is the exit code.</summary>
    /// <param name="action">The work.</param>
    /// <param name="tensors">Whether it needs libtorch, which is then asked for first.</param>
    public LeoCommand Does(Func<ParseResult, int> action, bool tensors = true)
    {
        SetAction(parsed =>
        {
            if (tensors) NativeTorch.Require();
            return action(parsed);
        });
        return this;
    }
}
