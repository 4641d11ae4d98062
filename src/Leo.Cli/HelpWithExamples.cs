using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Leo.Cli;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHasExamples { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in command.Examples)
                output.WriteLine($"  {example}");
            if (command is LeoCommand { IsDivided: true })
                output.WriteLine($"In several processes, which divide the work (docs/scale.md):\n  mpirun -np 2 {command.Examples[0]}");
            output.WriteLine();
        }
        return code;
    }
}
