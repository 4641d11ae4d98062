namespace Leo.Cli.Tests;

/// <summary>Runs the program inside the test's process.</summary>
internal static class Commandline
{
    public static (int Code, string Out, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = LeoProgram.Run(args, new Shell(output, error, interactive: false, CancellationToken.None));
        return (code, output.ToString(), error.ToString());
    }

    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
