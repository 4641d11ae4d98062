using System.Text.Json;
using System.Text.Json.Nodes;
using Leo.Kernel.Cells;
using Microsoft.CodeAnalysis.Text;

namespace Leo.Kernel.Notebooks;

/// <summary>
/// Reads <c>.dib</c>, Polyglot Notebooks' own text format: cells without outputs, each begun by a line <c>#!csharp</c>, <c>#!markdown</c>
/// and so on, and before them <c>#!meta</c> with a JSON object.
/// </summary>
internal static class DibText
{
    private static readonly string[] Texts = ["markdown", "md"];

    /// <summary>The text as a notebook of format 4. A cell of another language keeps its kernel's name in its metadata.</summary>
    /// <exception cref="JsonException">What follows <c>#!meta</c> is no JSON object.</exception>
    public static JsonObject Read(string text)
    {
        text = text.Replace("\r\n", "\n").Replace('\r', '\n').TrimStart('\uFEFF');
        var source = SourceText.From(text);
        var notebook = new JsonObject { ["nbformat"] = 4, ["nbformat_minor"] = 5, ["metadata"] = new JsonObject() };
        var cells = new JsonArray();
        var own = new HashSet<string>(StringComparer.Ordinal);
        (string? kernel, int start) = (null, 0);
        while (start <= text.Length)
        {
            var (end, next, nextStart) = EndOf(source, text, kernel, start, own);
            string content = text[start..end].Trim('\n');
            if (kernel == "meta")
            {
                var meta = Meta(content);
                notebook["metadata"] = new JsonObject { ["polyglot_notebook"] = meta };
                own.UnionWith(Kernels(meta).Where(name => name.Length > 0));
            }
            // Text before the first line of a kernel is C#, as in a script; there is no need to be any.
            else if (kernel is not null || content.Trim().Length > 0)
            {
                cells.Add((JsonNode?)Cell(kernel ?? "csharp", content));
            }
            (kernel, start) = (next, nextStart);
        }
        notebook["cells"] = cells;
        return notebook;
    }

    // Where the cell ends, and which kernel's begins behind that line. In C# the compiler's lexer says what is such a line: inside a
    // string it is text. Of other languages only the beginnings of lines are known.
    private static (int End, string? Kernel, int Start) EndOf(SourceText source, string text, string? kernel, int start, HashSet<string> own)
    {
        if (kernel is null || CellLanguage.IsCSharp(kernel))
        {
            foreach (var directive in Directive.In(source, Math.Min(start, text.Length)))
            {
                if (KernelOf(directive.Text, own) is { } next) return (directive.Span.Start, next, Behind(directive.Span));
            }
            // A string or comment that nobody closes is a fault of this cell, and does not swallow those behind it.
            if (!Directive.IsOpen(text, Math.Min(start, text.Length))) return (text.Length, null, text.Length + 1);
        }
        for (int number = source.Lines.GetLineFromPosition(Math.Min(start, text.Length)).LineNumber; number < source.Lines.Count; number++)
        {
            var line = source.Lines[number];
            if (line.Start >= start && KernelOf(line.ToString(), own) is { } next) return (line.Start, next, Behind(line.Span));
        }
        return (text.Length, null, text.Length + 1);
    }

    private static int Behind(TextSpan line) => line.End + 1;

    // Commands such as #!time and #!set stay in their cell.
    private static string? KernelOf(string line, HashSet<string> own)
    {
        line = line.TrimEnd();
        if (!line.StartsWith("#!", StringComparison.Ordinal)) return null;
        string name = line[2..];
        if (name.Length == 0 || char.IsWhiteSpace(name[0])) return null;
        return name == "meta" || own.Contains(name) || CellLanguage.IsCSharp(name) || CellLanguage.Other(name) is not null ? name : null;
    }

    private static JsonObject Cell(string kernel, string content)
    {
        if (Texts.Contains(kernel, StringComparer.OrdinalIgnoreCase)) return new() { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = content };
        var metadata = new JsonObject();
        if (!CellLanguage.IsCSharp(kernel)) metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernel };
        return new() { ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = metadata, ["outputs"] = new JsonArray(), ["source"] = content };
    }

    // Kernels that the notebook adds have names of their own, and further ones that they go by.
    private static IEnumerable<string> Kernels(JsonObject meta)
    {
        foreach (var item in ((meta["kernelInfo"] as JsonObject)?["items"] as JsonArray ?? []).OfType<JsonObject>())
        {
            yield return NotebookText.Join(item["name"]);
            foreach (var alias in item["aliases"] as JsonArray ?? []) yield return NotebookText.Join(alias);
        }
    }

    private static JsonObject Meta(string json) => JsonTexts.Check(JsonNode.Parse(json, documentOptions: Notebook.Strict)) as JsonObject
        ?? throw new JsonException("expected an object behind #!meta");
}
