using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leo.Kernel.Notebooks;

/// <summary>A notebook file, version 4.</summary>
internal sealed class Notebook
{
    private const int MostBytes = 256 << 20;
    internal static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    // What hosts note about a cell for themselves.
    private static readonly string[] HostKeys = ["polyglot_notebook", "dotnet_interactive", "vscode", "execution", "ExecuteTime", "language_info", "pycharm", "collapsed"];

    private Notebook(string path, JsonObject json)
    {
        (Path, Json) = (path, json);
        Cells = [.. ((JsonArray)json["cells"]!).Select(c => new NotebookCell((JsonObject)c!))];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its JSON.</summary>
    public JsonObject Json { get; }

    /// <summary>Its cells.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>Whether the file is a <c>.dib</c>, which keeps no outputs.</summary>
    public bool IsDib { get; private init; }

    /// <summary>Reads a file: <c>.ipynb</c>, or <c>.dib</c> as the same without outputs.</summary>
    /// <exception cref="KernelException">It cannot be read, is too large, is no notebook of version 4, or says that it or a cell is of another language than C#.</exception>
    public static Notebook Read(string path)
    {
        try
        {
            long bytes = new FileInfo(path).Length;
            if (bytes > MostBytes) throw new KernelException(path, $"is {bytes >> 20} MB large", "Strip its outputs");
            bool dib = System.IO.Path.GetExtension(path).Equals(".dib", StringComparison.OrdinalIgnoreCase);
            string text = File.ReadAllText(path);
            var json = dib ? DibText.Read(text) : JsonTexts.Check(JsonNode.Parse(text, documentOptions: Strict));
            if (Fault(json) is { } fault) throw new KernelException(path, fault, "Pass a notebook (.ipynb of format 4, or .dib)");
            var notebook = new Notebook(path, (JsonObject)json!) { IsDib = dib };
            NotebookLanguage.Require(notebook);
            return notebook;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new KernelException(path, $"cannot be read as a notebook ({e.Message})", "Check the path and the file", e);
        }
    }

    /// <summary>The file's text.</summary>
    public string ToText() => NotebookText.Write(Json);

    /// <summary>Puts metadata into the one form, takes out what hosts noted and showed for themselves, and gives every cell an id.</summary>
    public void Normalise()
    {
        (Json["metadata"], Json["nbformat"], Json["nbformat_minor"]) = (NotebookMetadata.Create(), 4, 5);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cell in Cells)
        {
            if (cell.Node["metadata"] is JsonObject metadata)
            {
                foreach (string key in HostKeys) metadata.Remove(key);
            }
            else
            {
                cell.Node["metadata"] = new JsonObject();
            }
            cell.Node["id"] = NewId(cell, ids);
            cell.Node["source"] = NotebookText.Split(cell.Source);
            if (!cell.IsOfCode) continue;
            cell.Number = cell.Number;
            cell.Outputs = [.. cell.Outputs.Where(o => !IsOfTheHost(o)).Select(o => Lines((JsonObject)o!.DeepClone()))];
        }
    }

    /// <summary>Takes out all outputs and counts, and normalises the rest.</summary>
    public void Strip()
    {
        foreach (var cell in Cells.Where(c => c.IsOfCode)) (cell.Number, cell.Outputs) = (null, []);
        Normalise();
    }

    // .NET Interactive shows a script for its own front end under the first cell, in which all addresses of the machine stand, and under some cells which versions of
    // .NET's own assemblies its compiler took for one another (CS1701).
    private static bool IsOfTheHost(JsonNode? output) => IsCompilersNote(output as JsonObject) ||
        NotebookText.Join(((output as JsonObject)?["data"] as JsonObject)?["text/html"]) is var html && html.Contains("dotnet-interactive-this-cell-", StringComparison.Ordinal)
        && html.Contains("probeAddresses(", StringComparison.Ordinal);

    private static bool IsCompilersNote(JsonObject? output)
    {
        string[] lines = NotebookText.Join(output?["output_type"]) == "stream" ? NotebookText.Join(output!["text"]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
        return lines.Length > 0 && lines.All(line => line.Contains("warning CS1701:", StringComparison.Ordinal));
    }

    private static JsonObject Lines(JsonObject output)
    {
        if (output["text"] is { } text) output["text"] = NotebookText.Split(NotebookText.Join(text));
        if (output["data"] is JsonObject data) output["data"] = NotebookText.SplitBundle(data);
        return output;
    }

    // An id that follows from the text, so that the same notebook always gets the same ones.
    private static string NewId(NotebookCell cell, HashSet<string> taken)
    {
        string id = NotebookText.Join(cell.Node["id"]);
        if (id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && taken.Add(id)) return id;
        for (int n = 0; ; n++)
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{n}:{cell.Source}"));
            id = Convert.ToHexStringLower(hash)[..8];
            if (taken.Add(id)) return id;
        }
    }

    private static string? Fault(JsonNode? json)
    {
        if (json is not JsonObject notebook) return "expected an object, found something else";
        if (notebook["nbformat"] is not JsonValue version || !version.TryGetValue(out int number) || number != 4) return $"expected nbformat 4, found {(notebook["nbformat"]?.ToJsonString() is { } found ? found.Length <= 40 ? found : "something else" : "none")}";
        if (notebook["cells"] is not JsonArray cells) return "there are no cells";
        foreach (var cell in cells)
        {
            if (cell is not JsonObject o || o["cell_type"] is null) return "a cell has no cell_type";
            if (o["metadata"] is not (null or JsonObject)) return "metadata of a cell is not an object";
            if (o["outputs"] is not (null or JsonArray) || o["outputs"] is JsonArray outputs && outputs.Any(x => x is not JsonObject)) return "outputs of a cell are not a list of objects";
        }
        return null;
    }
}
