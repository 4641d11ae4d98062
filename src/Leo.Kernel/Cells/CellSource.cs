using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Leo.Kernel.Cells;

/// <summary>The code of a cell as the compiler gets it: lines for the kernel are taken out, and no line moves.</summary>
/// <param name="Code">The code.</param>
/// <param name="Packages">From <c>#r "nuget: …"</c>.</param>
/// <param name="Feeds">Folders or addresses to look for packages in as well, from <c>#i "nuget: …"</c>.</param>
internal sealed partial record CellSource(string Code, IReadOnlyList<PackageRequest> Packages, IReadOnlyList<string> Feeds)
{
    /// <summary>Reads the kernel's lines out of a cell; a line that only looks so, inside a string or a comment, stays.</summary>
    /// <exception cref="CellException">
    /// The cell is of another language, there is a magic command other than <c>#!csharp</c>, or a package without a proper name.
    /// </exception>
    public static CellSource Parse(string code)
    {
        code = code.Replace("\r\n", "\n");
        if (JupyterMagic().Match(code) is { Success: true } magic) throw Refused(magic.Groups["name"].Value, magic.Value.Trim(), null);
        if (!code.Contains('#')) return new(code, [], []);
        var text = new StringBuilder(code);
        var packages = new List<PackageRequest>();
        var feeds = new List<string>();
        int taken = 0;
        foreach (var directive in Directive.In(SourceText.From(code)))
        {
            string line = directive.Text;
            if (NuGetLine().Match(line) is { Success: true } match) packages.Add(Package(match, line, directive.Line + 1));
            else if (NuGetBeginning().IsMatch(line)) throw NoPackage(line, directive.Line + 1);
            else if (FeedLine().Match(line) is { Success: true } feed) feeds.Add(feed.Groups["feed"].Value.Trim());
            else if (FeedBeginning().IsMatch(line)) throw new CellException(CellError.Plain("PackageError", $"'{line}' names no source of packages; expected #i \"nuget: FOLDER or ADDRESS\"") with { Line = directive.Line + 1 });
            // A script that a shell starts, as C# knows it, names its program in its first line.
            else if (!line.StartsWith("#!", StringComparison.Ordinal) || (line.StartsWith("#!/", StringComparison.Ordinal) && directive.Span.Start == 0)) continue;
            else if (!CellLanguage.IsCSharp(line[2..])) throw Refused(line[2..].Split([' ', '\t'])[0], line, directive.Line + 1);
            text.Remove(directive.Span.Start - taken, directive.Span.Length);
            taken += directive.Span.Length;
        }
        return new(text.ToString(), packages, feeds);
    }

    private static CellException Refused(string name, string line, int? number) => new(CellLanguage.Other(name) is { } language
        ? CellError.Plain("OtherLanguage", $"'{line}' begins {language}, and this kernel runs C# alone: run it in a kernel of that language") with { Line = number ?? 1 }
        : CellError.Plain("UnknownMagic", $"'{line}' is no command of this kernel, which knows #r, #r \"nuget: …\" and #load") with { Line = number ?? 1 });

    private static PackageRequest Package(Match match, string line, int number)
    {
        string id = match.Groups["id"].Value.Trim(), version = match.Groups["version"].Success ? match.Groups["version"].Value.Trim() : "*";
        // Both go into a project file.
        return PackageId().IsMatch(id) && PackageVersion().IsMatch(version)
            ? new(id, version)
            : throw NoPackage(line, number);
    }

    private static CellException NoPackage(string line, int number) =>
        new(CellError.Plain("PackageError", $"'{line}' names no package; expected #r \"nuget: Name, 1.2.3\"") with { Line = number });

    // IPython's: at a cell's very beginning, where C# has no use for it.
    [GeneratedRegex(@"^[\s\uFEFF]*%%(?<name>\w+)[^\r\n]*")]
    private static partial Regex JupyterMagic();

    // As C# reads directives: blanks may stand behind the #, and none need to before the quotes.
    [GeneratedRegex("""^#\s*r\s*"\s*nuget\s*:(?<id>[^,"]*)(,(?<version>[^"]*))?"\s*(//.*)?$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NuGetLine();

    [GeneratedRegex("""^#\s*r\s*["'“”„]?\s*nuget\s*:""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NuGetBeginning();

    [GeneratedRegex("""^#\s*i\s*"\s*nuget\s*:(?<feed>[^"]+)"\s*(//.*)?$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FeedLine();

    [GeneratedRegex(@"^#\s*i\b", RegexOptions.CultureInvariant)]
    private static partial Regex FeedBeginning();

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+$")]
    private static partial Regex PackageId();

    [GeneratedRegex(@"^([A-Za-z0-9.*+\- ]+|[\[(][A-Za-z0-9.*+,\- ]+[\])])$")]
    private static partial Regex PackageVersion();
}
