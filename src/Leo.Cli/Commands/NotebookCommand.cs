using System.CommandLine;

namespace Leo.Cli.Commands;

/// <summary><c>leo notebook</c>: notebooks without a front end.</summary>
internal static class NotebookCommand
{
    public static LeoCommand Create(Shell shell) =>
        new LeoCommand("notebook", "Run notebooks without Jupyter, and keep their files fit to be committed.",
            "leo notebook run notebooks/*.ipynb",
            "leo notebook check notebooks/*.ipynb")
        .Groups(NotebookRunCommand.Create(shell), NotebookStripCommand.Create(shell), NotebookCheckCommand.Create(shell));

    /// <summary>The notebooks that a command is for.</summary>
    public static Argument<string[]> Files() => new("files") { Description = "Notebooks of C# (.ipynb; .dib is run, and written as .ipynb).", Arity = ArgumentArity.OneOrMore };
}
