namespace Leo.Kernel.Cells;

/// <summary>Languages that notebooks name, by the names that kernels and cells go by.</summary>
internal static class CellLanguage
{
    private static readonly Dictionary<string, string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fsharp"] = "F#",
        ["f#"] = "F#",
        ["fs"] = "F#",
        ["vb"] = "Visual Basic",
        ["powershell"] = "PowerShell",
        ["pwsh"] = "PowerShell",
        ["python"] = "Python",
        ["ipython"] = "Python",
        ["pythonkernel"] = "Python",
        ["xpython"] = "Python",
        ["r"] = "R",
        ["ir"] = "R",
        ["julia"] = "Julia",
        ["javascript"] = "JavaScript",
        ["js"] = "JavaScript",
        ["typescript"] = "TypeScript",
        ["deno"] = "TypeScript",
        ["html"] = "HTML",
        ["markdown"] = "Markdown",
        ["md"] = "Markdown",
        ["sql"] = "SQL",
        ["kql"] = "KQL",
        ["mermaid"] = "Mermaid",
        ["http"] = "HTTP",
        ["razor"] = "Razor",
        ["bash"] = "Bash",
        ["sh"] = "the shell",
        ["perl"] = "Perl",
        ["ruby"] = "Ruby",
        ["latex"] = "LaTeX",
        ["svg"] = "SVG",
        ["c++"] = "C++",
        ["cpp"] = "C++",
        ["xcpp"] = "C++",
        ["rust"] = "Rust",
        ["java"] = "Java",
        ["scala"] = "Scala",
        ["octave"] = "Octave",
        ["matlab"] = "MATLAB",
    };

    // Host names before the language's, and what kernels put behind it.
    private static readonly string[] Hosts = [".net-", "dotnet-interactive.", "polyglot-notebook."];

    /// <summary>Whether a name is C#'s.</summary>
    public static bool IsCSharp(string name) => Bare(name).ToLowerInvariant() is "csharp" or "c#" or "cs";

    /// <summary>The language for people, where a name is another one's: F# for <c>fsharp</c>, Python for <c>python3</c>; null for C# and names that say no language.</summary>
    public static string? Other(string name)
    {
        string bare = Bare(name);
        // python3, julia-1.10, xcpp17, sql-contoso.
        return Others.GetValueOrDefault(bare) ?? Others.GetValueOrDefault(bare.TrimEnd(['.', '-', .. "0123456789"])) ?? Others.GetValueOrDefault(bare.Split('-')[0]);
    }

    private static string Bare(string name)
    {
        name = name.Trim();
        string? host = Hosts.FirstOrDefault(h => name.StartsWith(h, StringComparison.OrdinalIgnoreCase));
        return host is null ? name : name[host.Length..];
    }
}
