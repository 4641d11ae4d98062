using System.CommandLine;
using System.Text;
using Leo.Kernel.Notebooks;
using Leo.Lab;

namespace Leo.Cli.Commands;

/// <summary><c>leo notebook strip</c>: takes out outputs and puts the rest into the common form.</summary>
internal static class NotebookStripCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var files = NotebookCommand.Files();
        var keep = new Option<bool>("--keep-outputs") { Description = "Keep outputs and counts; of outputs, take out what a host shows for itself: the script of .NET Interactive that holds the machine's addresses." };
        return new LeoCommand("strip", "Take outputs and counts out of notebooks, and put the rest into the form in which differences are small. In place.",
            "leo notebook strip my.ipynb",
            "leo notebook strip my.ipynb --keep-outputs               # saved in Polyglot Notebooks")
        .With(files, keep)
        .Does(parsed =>
        {
            var changed = new List<string>();
            foreach (string file in parsed.GetRequiredValue(files))
            {
                var notebook = Notebook.Read(file);
                if (notebook.IsDib) throw new LeoException(file, "expected a notebook (.ipynb), found a .dib, which has no outputs to take out", "Leave it out");
                if (parsed.GetValue(keep)) notebook.Normalise();
                else notebook.Strip();
                string text = notebook.ToText();
                if (text == File.ReadAllText(file, Encoding.UTF8)) continue;
                AtomicFile.WriteText(file, text);
                changed.Add(file);
                shell.Print($"stripped {file}");
            }
            if (CommonOptions.WantsJson(parsed)) shell.PrintJson(new { Command = "notebook strip", Changed = changed });
            return ExitCode.Success;
        }, tensors: false);
    }
}
