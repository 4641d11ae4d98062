using System.Text.Json.Nodes;
using Leo.Kernel.Cells;

namespace Leo.Kernel.Notebooks;

/// <summary>The language that a notebook and its cells say they are written in: this project's tools run and rewrite C# alone.</summary>
internal static class NotebookLanguage
{
    private const string Advice = "Open it in Polyglot Notebooks or in a kernel of that language, or leave such cells out: only C# runs here";

    /// <summary>Refuses a notebook that names another language, for the whole of it or for a cell.</summary>
    /// <exception cref="KernelException">It does.</exception>
    public static void Require(Notebook notebook)
    {
        var metadata = notebook.Json["metadata"] as JsonObject;
        if (Whole(metadata) is var (name, language)) throw new KernelException(notebook.Path, $"expected a notebook of C#, found one of {language} ('{name}')", Advice);
        int number = 0;
        foreach (var cell in notebook.Cells.Where(c => c.IsOfCode))
        {
            if (cell.IsCode) number++;
            if (Names(cell.Node["metadata"] as JsonObject).Select(Foreign).FirstOrDefault(f => f is not null) is not var (kernel, other)) continue;
            // A language that some extension added has no name here.
            throw new KernelException(notebook.Path, $"expected cells of C#, found {other} ('{kernel}') in code cell {Math.Max(1, number)}", Advice);
        }
    }

    private static (string Name, string Language)? Whole(JsonObject? metadata)
    {
        string kernel = NotebookText.Join(Get(metadata, "kernelspec", "name")), language = NotebookText.Join(Get(metadata, "kernelspec", "language"));
        if (language.Length > 0 && Foreign(language) is { } foreign) return foreign;
        // Names of kernels are anybody's: only those that say another language count, and none where the language is said.
        foreach (string name in (string[])[language.Length > 0 ? "" : kernel, NotebookText.Join(Get(metadata, "language_info", "name")), NotebookText.Join(Get(metadata, "polyglot_notebook", "kernelInfo", "defaultKernelName"))])
        {
            if (CellLanguage.Other(name) is { } other) return (name, other);
        }
        return null;
    }

    private static IEnumerable<string> Names(JsonObject? metadata) =>
        ((string[][])[["polyglot_notebook", "kernelName"], ["dotnet_interactive", "language"], ["dotnet_interactive", "kernelName"], ["vscode", "languageId"]])
        .Select(path => NotebookText.Join(Get(metadata, path))).Where(name => name.Length > 0);

    private static (string Name, string Language)? Foreign(string name) =>
        CellLanguage.IsCSharp(name) || name is "polyglot-notebook" or "dotnet-interactive" ? null : (name, CellLanguage.Other(name) ?? "another language");

    private static JsonNode? Get(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string key in path) node = (node as JsonObject)?[key];
        return node;
    }
}
