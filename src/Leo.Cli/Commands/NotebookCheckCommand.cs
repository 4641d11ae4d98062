using Leo.Kernel.Notebooks;

namespace Leo.Cli.Commands;

/// <summary><c>leo notebook check</c>: whether notebooks are fit to be committed.</summary>
internal static class NotebookCheckCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var files = NotebookCommand.Files();
        return new LeoCommand("check", "Check that notebooks have their outputs, are at most 3 MB large, name no path of one machine, have no comment behind #r, at which .NET Interactive hangs, and have the common metadata. Exit code 1 where one does not.",
            "leo notebook check notebooks/*.ipynb")
        .With(files)
        .Does(parsed =>
        {
            var all = parsed.GetRequiredValue(files).Select(f => (File: f, Faults: NotebookCheck.Faults(Notebook.Read(f)))).ToList();
            foreach (var (file, faults) in all)
            {
                foreach (string fault in faults) shell.Print($"{file}: {fault}");
            }
            int good = all.Count(n => n.Faults.Count == 0);
            shell.Print($"{good} of {all.Count} notebooks are fit to be committed");
            if (CommonOptions.WantsJson(parsed)) shell.PrintJson(new { Command = "notebook check", Notebooks = all.Select(n => new { n.File, n.Faults }) });
            return good == all.Count ? ExitCode.Success : ExitCode.Failure;
        }, tensors: false);
    }
}
