using System.Text.RegularExpressions;

namespace Leo.Kernel.Cells;

/// <summary>The code of a cell as the compiler gets it: lines for the kernel are taken out, and no line moves.</summary>
/// <param name="Code">The code.</param>
/// <param name="Packages">From <c>#r "nuget: …"</c>.</param>
/// <param name="Feeds">Folders or addresses to look for packages in as well, from <c>#i "nuget: …"</c>.</param>
internal sealed partial record CellSource(string Code, IReadOnlyList<PackageRequest> Packages, IReadOnlyList<string> Feeds)
{
    /// <summary>Reads the kernel's lines out of a cell.</summary>
    /// <exception cref="CellException">There is a magic command other than <c>#!csharp</c>, or a package without a proper name.</exception>
    public static CellSource Parse(string code)
    {
        code = code.Replace("\r\n", "\n");
        if (!code.Contains('#')) return new(code, [], []);
        string[] lines = code.Split('\n');
        var packages = new List<PackageRequest>();
        var feeds = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (NuGetLine().Match(line) is { Success: true } match)
            {
                packages.Add(Package(match, line, i + 1));
                lines[i] = "";
            }
            else if (FeedLine().Match(line) is { Success: true } feed)
            {
                feeds.Add(feed.Groups["feed"].Value.Trim());
                lines[i] = "";
            }
            else if (line.StartsWith("#!", StringComparison.Ordinal))
            {
                if (line is not ("#!csharp" or "#!c#" or "#!C#"))
                    throw new CellException(CellError.Plain("UnknownMagic", $"'{line}' is no command of this kernel, which knows #r, #r \"nuget: …\" and #load") with { Line = i + 1 });
                lines[i] = "";
            }
        }
        return new(string.Join('\n', lines), packages, feeds);
    }

    private static PackageRequest Package(Match match, string line, int number)
    {
        string id = match.Groups["id"].Value.Trim(), version = match.Groups["version"].Success ? match.Groups["version"].Value.Trim() : "*";
        // Both go into a project file.
        return PackageId().IsMatch(id) && PackageVersion().IsMatch(version)
            ? new(id, version)
            : throw new CellException(CellError.Plain("PackageError", $"'{line}' names no package; expected #r \"nuget: Name, 1.2.3\"") with { Line = number });
    }

    [GeneratedRegex("""^#r\s+"nuget:(?<id>[^,"]*)(,(?<version>[^"]*))?"\s*(//.*)?$""")]
    private static partial Regex NuGetLine();

    [GeneratedRegex("""^#i\s+"nuget:(?<feed>[^"]+)"\s*(//.*)?$""")]
    private static partial Regex FeedLine();

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+$")]
    private static partial Regex PackageId();

    [GeneratedRegex(@"^[A-Za-z0-9.*+,()\[\]\- ]+$")]
    private static partial Regex PackageVersion();
}
