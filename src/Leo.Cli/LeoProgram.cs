using System.CommandLine;
using System.CommandLine.Help;
using Leo.Cli.Commands;

namespace Leo.Cli;

/// <summary>The program: parses, runs one command, turns errors into one line and an exit code.</summary>
internal static class LeoProgram
{
    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Shell shell)
    {
        var parsed = Root(shell).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            foreach (var error in parsed.Errors)
                shell.Error.WriteLine($"error: {ErrorLine.Join(error.Message)}");
            shell.Error.WriteLine($"See {PathTo(parsed.CommandResult)} --help");
            return ExitCode.Usage;
        }
        bool works = parsed.Action is not HelpWithExamples && parsed.CommandResult.Command is LeoCommand;
        if (works && shell.Launch.IsShared && parsed.CommandResult.Command is LeoCommand { IsDivided: false })
        {
            shell.Error.WriteLine($"error: {PathTo(parsed.CommandResult)}: its work cannot be divided, and {shell.Launch.By} started {shell.Launch.Size} processes. Start it without {shell.Launch.By}.");
            return ExitCode.Usage;
        }
        try
        {
            if (works) shell.Join();
            int code = parsed.Invoke(new InvocationConfiguration
            {
                Output = shell.Out,
                Error = shell.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
            shell.Team.Dispose();
            return code;
        }
        catch (OperationCanceledException) when (shell.Cancellation.IsCancellationRequested)
        {
            shell.Say("interrupted");
            shell.Team.Abort(ExitCode.Interrupted);
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (ErrorLine.For(e) is { } line)
        {
            Fail(shell, line);
            return ExitCode.Failure;
        }
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Root(Shell shell)
    {
        var root = new LeoRootCommand
        {
            RunCommand.Create(shell),
            DataCommand.Create(shell),
            TrainCommand.Create(shell),
            ExtractCommand.Create(shell),
            AnimateCommand.Create(shell),
            DirectionsCommand.Create(shell),
            EditCommand.Create(shell),
            EvaluateCommand.Create(shell),
            FeaturesCommand.Create(shell),
            MetricCommand.Create(shell),
            StudyCommand.Create(shell),
            SampleCommand.Create(shell),
            TableCommand.Create(shell),
            FigureCommand.Create(shell),
            InspectCommand.Create(shell),
            ExportCommand.Create(shell),
            ConvertCommand.Create(shell),
            NotebookCommand.Create(shell),
            KernelCommand.Create(shell),
            CommonOptions.Json(),
            CommonOptions.Threads(),
            CommonOptions.Device(),
        };
        root.SetAction(parsed =>
        {
            new HelpWithExamples(new HelpAction()).Invoke(parsed);
            return ExitCode.Usage;
        });
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                option.Action = new HelpWithExamples(help);
        }
        return root;
    }

    // What is wrong with the command line or the data is wrong for all processes: the first one says it and ends the others while they wait to say the same.
    private static void Fail(Shell shell, string line)
    {
        if (!shell.Launch.IsShared)
        {
            shell.Error.WriteLine($"error: {line}");
            return;
        }
        if (shell.Launch.Rank > 0)
            Thread.Sleep(TimeSpan.FromSeconds(2));
        Console.Error.WriteLine($"error: rank {shell.Launch.Rank} on {Environment.MachineName}: {line}");
        shell.Team.Abort(ExitCode.Failure);
    }

    private static string PathTo(System.CommandLine.Parsing.CommandResult result)
    {
        var names = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = result; at is System.CommandLine.Parsing.CommandResult command; at = at.Parent)
            names.Push(command.Command is RootCommand ? "leo" : command.Command.Name);
        return string.Join(' ', names);
    }
}
