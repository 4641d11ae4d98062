using System.Text.RegularExpressions;
using Leo.Kernel.Notebooks;
using Leo.Lab;

namespace Leo.Cli.Commands;

/// <summary><c>leo notebook run</c>: runs notebooks from the first cell to the last, each in a kernel of its own.</summary>
internal static partial class NotebookRunCommand
{
    public static LeoCommand Create(Shell shell)
    {
        var files = NotebookCommand.Files();
        var preset = CommonOptions.Preset();
        var timeout = CommonOptions.Count("--timeout", "Seconds that one notebook may take.", 900);
        var output = CommonOptions.OptionalPath("--out", "folder", "Write the notebooks with their outputs there; their own folder puts the outputs into the files themselves.");

        return new LeoCommand("run", "Run notebooks from top to bottom without a front end. Exit code 1 where a cell fails or the time is up.",
            "leo notebook run notebooks/*.ipynb                       # do they work?",
            "leo notebook run notebooks/*.ipynb --out notebooks       # refresh their outputs",
            "leo notebook run my.ipynb --preset small --timeout 7200 --out out")
        .With(files, preset, timeout, output)
        .Requires(result => Twice(result.GetValue(files) ?? []) is { } name && result.GetValue(output) is not null
            ? $"Two notebooks are called {name}; --out can hold only one of them." : null)
        .Does(parsed =>
        {
            var summaries = new List<object>();
            bool failed = false;
            foreach (string file in parsed.GetRequiredValue(files))
            {
                var (result, written) = Run(shell, file, parsed.GetRequiredValue(preset), TimeSpan.FromSeconds(parsed.GetValue(timeout)), parsed.GetValue(output));
                failed |= result.Failure is not null;
                summaries.Add(new
                {
                    File = file,
                    Out = written,
                    Cells = result.CellsRun,
                    Seconds = Math.Round(result.Seconds, 1),
                    Failure = result.Failure is { } f ? new { f.Cell, f.Line, f.Message } : null,
                });
            }
            if (CommonOptions.WantsJson(parsed)) shell.PrintJson(new { Command = "notebook run", Notebooks = summaries });
            return failed ? ExitCode.Failure : ExitCode.Success;
        }, tensors: false);
    }

    private static (NotebookRunResult Result, string? Written) Run(Shell shell, string file, string preset, TimeSpan timeout, string? folder)
    {
        NotebookRunResult? result = null;
        WorkProgress.Track(shell, Path.GetFileName(file), "cells", progress =>
        {
            var runner = new NotebookRunner
            {
                Timeout = timeout,
                Environment = new Dictionary<string, string> { [Leo.Lab.Display.Notebook.PresetVariable] = preset },
                CellBegins = (cell, cells) => progress.Report(cell - 1, cells),
            };
            result = runner.Run(file, shell.Cancellation);
            progress.Report(result.CellsRun, result.CellsRun);
        });
        string? target = folder is null ? null : Path.Combine(folder, Written(file));
        if (target is not null) AtomicFile.WriteText(target, result!.Notebook.ToText());
        if (result!.Failure is { } failure)
        {
            shell.Error.WriteLine($"error: {file}: {failure.Place}: {ErrorLine.Join(failure.Message)}");
            foreach (string line in TerminalColour().Replace(failure.Traceback, "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                shell.Say("  " + line);
        }
        else
        {
            shell.Print($"{file}: {result.CellsRun} cells in {result.Seconds:0.0} s{(target is null ? "" : $", written to {target}")}");
        }
        return (result, target);
    }

    // A .dib has no place for outputs.
    private static string Written(string file) =>
        Path.GetExtension(file).Equals(".dib", StringComparison.OrdinalIgnoreCase) ? Path.ChangeExtension(Path.GetFileName(file), ".ipynb") : Path.GetFileName(file);

    private static string? Twice(string[] files) =>
        files.Select(Written).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex TerminalColour();
}
