using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leo.Kernel.Cells;
using Microsoft.CodeAnalysis.Text;

namespace Leo.Kernel.Notebooks;

/// <summary>Whether a notebook is fit to be committed: small, portable, run, and free of what hosts leave behind.</summary>
internal static partial class NotebookCheck
{
    /// <summary>Largest size of a file.</summary>
    public const int MostBytes = 3 << 20;

    /// <summary>What is wrong with a notebook; empty if nothing is.</summary>
    public static IReadOnlyList<string> Faults(Notebook notebook)
    {
        if (notebook.IsDib) return ["is a .dib, which keeps no outputs: `leo notebook run --out` writes it as a notebook (.ipynb) that does"];
        var faults = new List<string>();
        long bytes = new FileInfo(notebook.Path).Length;
        if (bytes > MostBytes) faults.Add($"is {bytes / 1048576.0:0.0} MB large; at most 3 MB are allowed: show shorter or smaller videos");
        string text = File.ReadAllText(notebook.Path, Encoding.UTF8);
        var normal = Notebook.Read(notebook.Path);
        normal.Normalise();
        if (!JsonNode.DeepEquals(notebook.Json["metadata"], normal.Json["metadata"])) faults.Add("its metadata is not in the common form: `leo notebook run --out` and `leo notebook strip` write that");
        else if (normal.ToText() != text) faults.Add("it is not written as Jupyter writes it, or holds what a host noted for itself: `leo notebook run --out` and `leo notebook strip` put that right");
        Outputs(notebook, faults);
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            var cell = notebook.Cells[i];
            foreach (string where in Texts(cell).Select(t => MachinePath().Match(t)).Where(m => m.Success).Select(m => m.Value).Distinct())
                faults.Add($"cell {i + 1} of {notebook.Cells.Count} names a path of one machine, {where}: use a relative one");
            if (!cell.IsCode) continue;
            foreach (var directive in Directive.In(SourceText.From(cell.Source)).Where(d => Commented().IsMatch(d.Text)))
                faults.Add($"cell {i + 1} of {notebook.Cells.Count}, line {directive.Line + 1}: a comment behind #r keeps .NET Interactive waiting for ever: put it on a line of its own");
        }
        return faults;
    }

    private static void Outputs(Notebook notebook, List<string> faults)
    {
        NotebookCell[] code = [.. notebook.Cells.Where(c => c.IsCode)];
        if (code.All(c => c.Number is null))
        {
            faults.Add("has no outputs: run it");
            return;
        }
        for (int i = 0; i < code.Length; i++)
        {
            if (code[i].Number != i + 1)
            {
                faults.Add($"code cell {i + 1} has the number {code[i].Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}: run the notebook from top to bottom");
                break;
            }
        }
        if (code.All(c => c.Outputs.Count == 0)) faults.Add("has no outputs: run it");
        foreach (var cell in code.Where(c => !c.MayFail && c.Outputs.Any(o => NotebookText.Join(o?["output_type"]) == "error")))
            faults.Add($"code cell {cell.Number} failed: {NotebookText.Join(cell.Outputs.First(o => NotebookText.Join(o?["output_type"]) == "error")!["ename"])}");
    }

    private static IEnumerable<string> Texts(NotebookCell cell)
    {
        yield return cell.Source;
        foreach (var output in cell.Outputs)
        {
            if (output?["text"] is { } text) yield return NotebookText.Join(text);
            if (output?["evalue"] is { } message) yield return NotebookText.Join(message);
            if (output?["traceback"] is JsonArray lines) yield return string.Join('\n', lines.Select(NotebookText.Join));
            foreach (var (type, value) in output?["data"] as JsonObject ?? [])
            {
                if (type.StartsWith("text/", StringComparison.Ordinal)) yield return NotebookText.Join(value);
                else if (value is JsonObject or JsonArray) yield return value.ToJsonString();
            }
        }
    }

    [GeneratedRegex("""^#\s*r\s*"[^"]*"\s*//""")]
    private static partial Regex Commented();

    // Folders in which people's files are; what stands before must not make it part of an address or of base64.
    [GeneratedRegex(@"(?<![\w/.:+=-])(/(home|root|Users|tmp|mnt|work|workspace|var/folders|private)/[^\s""'<>\\]+|[A-Za-z]:\\{1,2}[^\s""'<>]+)")]
    private static partial Regex MachinePath();
}
