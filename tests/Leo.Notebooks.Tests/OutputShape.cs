using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leo.Kernel.Notebooks;

namespace Leo.Notebooks.Tests;

/// <summary>What an output is, without its numbers and pixels: mime types, videos and pictures, rows of tables, traces of figures.</summary>
internal static partial class OutputShape
{
    /// <summary>A line for each output of a cell; what cells print as plain text is one of them, however long.</summary>
    public static IReadOnlyList<string> Of(NotebookCell cell) => [.. cell.Outputs.Select(o => Of(o!))];

    /// <summary>Videos in a notebook.</summary>
    public static int Videos(Notebook notebook) => Html(notebook).Sum(h => VideoTag().Count(h));

    /// <summary>Figures in a notebook, each as its trace types.</summary>
    public static IReadOnlyList<string> Figures(Notebook notebook) => [.. Html(notebook).Select(Traces).Where(t => t.Length > 0)];

    /// <summary>Tables in a notebook, each as its number of rows.</summary>
    public static IReadOnlyList<int> Tables(Notebook notebook) => [.. Html(notebook).Where(h => h.Contains("<tbody>", StringComparison.Ordinal)).Select(Rows)];

    private static string Of(JsonNode output)
    {
        string type = NotebookText.Join(output["output_type"]);
        if (output["data"] is not JsonObject data)
            return type == "stream" ? $"stream {NotebookText.Join(output["name"])}" : type;
        string html = NotebookText.Join(data["text/html"]);
        string mimes = string.Join('+', data.Select(d => d.Key).Order(StringComparer.Ordinal));
        return $"{mimes}; {VideoTag().Count(html)} videos, {ImageTag().Count(html)} pictures, {Rows(html)} rows, traces {Traces(html)}";
    }

    private static IEnumerable<string> Html(Notebook notebook) =>
        notebook.Cells.Where(c => c.IsCode).SelectMany(c => c.Outputs).Select(o => NotebookText.Join(o?["data"]?["text/html"]));

    private static int Rows(string html) => RowTag().Count(html) is var rows and > 0 ? rows - 1 : 0;

    private static string Traces(string html) =>
        FigureJson().Match(html) is { Success: true } match && JsonNode.Parse(match.Groups[1].Value)?["data"] is JsonArray traces
            ? string.Join(' ', traces.Select(t => NotebookText.Join(t?["type"])))
            : "";

    [GeneratedRegex("<video[ >]")]
    private static partial Regex VideoTag();

    [GeneratedRegex("<img[ >]")]
    private static partial Regex ImageTag();

    [GeneratedRegex("<tr[ >]")]
    private static partial Regex RowTag();

    [GeneratedRegex("<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex FigureJson();
}
