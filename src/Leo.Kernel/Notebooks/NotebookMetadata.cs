using System.Text.Json.Nodes;

namespace Leo.Kernel.Notebooks;

/// <summary>
/// The one form of a notebook's metadata, which all hosts open: Polyglot Notebooks, Jupyter front ends with this kernel, and
/// <c>leo notebook run</c>. Hosts rewrite it in their own ways, so it is put back before a notebook is committed.
/// </summary>
internal static class NotebookMetadata
{
    /// <summary>Name of the kernel spec. Polyglot Notebooks claims every name that starts so.</summary>
    public const string KernelName = ".net-csharp";

    /// <summary>What people see.</summary>
    public const string DisplayName = ".NET (C#)";

    /// <summary>Language, as kernel specs and notebooks write it.</summary>
    public const string Language = "C#";

    /// <summary>Metadata of a notebook.</summary>
    public static JsonObject Create() => new()
    {
        ["kernelspec"] = new JsonObject { ["display_name"] = DisplayName, ["language"] = Language, ["name"] = KernelName },
        ["language_info"] = LanguageInfo(),
        ["polyglot_notebook"] = new JsonObject
        {
            ["kernelInfo"] = new JsonObject
            {
                ["defaultKernelName"] = "csharp",
                ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray("c#", "C#"), ["languageName"] = Language, ["name"] = "csharp" }),
            },
        },
    };

    /// <summary>The language, as notebooks and <c>kernel_info</c> describe it.</summary>
    public static JsonObject LanguageInfo() => new()
    {
        ["file_extension"] = ".cs",
        ["mimetype"] = "text/x-csharp",
        ["name"] = Language,
        ["pygments_lexer"] = "csharp",
        ["version"] = "14.0",
    };
}
